using BroadcastCaptions.Speech.Detection;

namespace BroadcastCaptions.Speech.Segments;

/// <summary>Finds where a segment that has become too long is cut: at its quietest dip, not in the middle of a word.</summary>
internal static class DipFinder
{
    /// <summary>
    /// The share of the segment, from its end, in which the cut may lie: earlier ones leave stumps, and much to be heard anew. Measured by
    /// bench/tune, 0.5 → 0.4: tiny 15.0 → 13.8 % WER, and no word later than 1 s instead of 2 of 238; base the same.
    /// </summary>
    private const double Tail = 0.4;

    /// <summary>
    /// Decibels that full certainty of speech weighs against quietness: breath and hiss are loud, but no words. Measured on
    /// eval/: 0, 10, 20, 40 give tiny 13.5, 13.6, 14.6, 15.8 % WER, base 9.5, 9.5, 9.7, 10.6.
    /// </summary>
    private const float CertaintyWeight = 10;

    /// <summary>The window's edge, in samples from the segment's start, at which it is best cut.</summary>
    public static int Find(SpeechSegment segment)
    {
        var windows = segment.Probabilities.Length;
        return Find(segment, Math.Max(1, (int)(windows * (1 - Tail))), windows - 1, windows - 1);
    }

    /// <summary>The quietest window's edge between two positions in samples; <paramref name="to"/> where there is none.</summary>
    public static int Find(SpeechSegment segment, int from, int to)
    {
        int Window(int samples) => Math.Clamp((samples - segment.Lead) / VoiceWindow.Samples, 1, segment.Probabilities.Length - 1);
        return Find(segment, Window(from), Window(to), Window(to));
    }

    private static int Find(SpeechSegment segment, int first, int last, int best)
    {
        var lowest = float.PositiveInfinity;
        for (var i = first; i <= last; i++)
        {
            var score = Score(segment, i);
            if (score > lowest) continue; // of equals, the later: it leaves less to do again
            lowest = score;
            best = i;
        }

        return segment.Lead + (best * VoiceWindow.Samples);
    }

    /// <summary>How much is lost by a cut in front of window <paramref name="i"/>: lower is better.</summary>
    private static float Score(SpeechSegment segment, int i)
    {
        var (before, after) = (Weight(segment, i - 1), Weight(segment, i));
        return Math.Max(before, after) + (0.5f * (before + after)); // both sides quiet: a dip is wider than one window
    }

    private static float Weight(SpeechSegment segment, int i) =>
        segment.Levels[i] + (CertaintyWeight * segment.Probabilities[i]);
}
