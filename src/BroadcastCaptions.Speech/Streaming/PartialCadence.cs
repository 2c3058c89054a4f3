using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Segments;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>Says when a growing segment is worth another look.</summary>
/// <param name="every">Seconds between partials when there is time.</param>
/// <param name="pace">How much time there is.</param>
internal sealed class PartialCadence(double every, PartialPace pace)
{
    /// <summary>
    /// So much that need not be recognised (0.048 s, on top of the silence that is left behind speech) looks like the
    /// segment's end: what was said is recognised at once, and if the segment closes, that answer is its final and has been
    /// there for most of the hangover.
    /// </summary>
    private const int LikelyEnd = 3 * VoiceWindow.Samples / 2;

    private readonly int _samples = Math.Max(1, (int)(every * VoiceWindow.SampleRate));

    /// <summary>Is a partial due? The first is short and cheap: it comes as soon as wished, however busy the machine.</summary>
    public bool IsDue(SpeechSegment segment)
    {
        var unheard = Unheard(segment);
        var samples = segment.Progress.Heard == 0 ? _samples : (int)(pace.Every * VoiceWindow.SampleRate);
        return unheard >= samples || (unheard > 0 && segment.Count - segment.HeardCount >= LikelyEnd);
    }

    /// <summary>Partials that should have been there before this answer and were not: 0 when it comes as soon as it is due.</summary>
    public int Missed(SpeechSegment segment)
    {
        var heard = Math.Max(segment.Progress.Heard, Math.Max(segment.Lead, segment.Inherited));
        for (var i = 0; i < segment.Probabilities.Length; i++)
        {
            var end = segment.Lead + ((i + 1) * VoiceWindow.Samples);
            if (segment.IsAudible(i) && end - heard >= _samples) return Math.Max(0, segment.Count - end) / _samples;
        }

        return 0;
    }

    private static int Unheard(SpeechSegment segment) =>
        segment.HeardCount - Math.Max(segment.Progress.Heard, segment.Lead);
}
