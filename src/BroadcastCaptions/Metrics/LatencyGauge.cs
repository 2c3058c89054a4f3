using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Metrics;

/// <summary>
/// How far the words are behind speech, as the recogniser itself can tell: from a word's end to the moment that it was first shown, and
/// to the moment from which on it cannot change; and from a segment's end to its final.
/// </summary>
internal sealed class LatencyGauge(SessionMeter meter)
{
    private readonly Dictionary<string, Shown> _shown = [];

    /// <summary>Word end → first shown, seconds.</summary>
    public RecentValues Emission { get; } = new();

    /// <summary>Word end → stable, seconds.</summary>
    public RecentValues Stable { get; } = new();

    /// <summary>Segment end → final, seconds.</summary>
    public RecentValues Finals { get; } = new(kept: 50);

    /// <summary>Takes a transcript that has just left.</summary>
    public void Note(Transcript transcript, MediaTime emitted)
    {
        var before = _shown.GetValueOrDefault(transcript.Source);
        if (before.Segment != transcript.Segment) before = new(transcript.Segment, 0, 0);
        var words = transcript.Words;
        for (var i = before.Words; i < words.Count; i++) Take(Emission, meter.Emission, emitted - words[i].End);
        for (var i = before.Stable; i < transcript.StableWords; i++) Take(Stable, meter.Stable, emitted - words[i].End);
        if (transcript.IsFinal) Take(Finals, meter.Finalisation, emitted - transcript.End);
        _shown[transcript.Source] = new(transcript.Segment, Math.Max(before.Words, words.Count), Math.Max(before.Stable, transcript.StableWords));
    }

    private static void Take(RecentValues values, System.Diagnostics.Metrics.Histogram<double> histogram, double seconds)
    {
        var delay = Math.Max(0, seconds); // a word's end is an estimate, and may lie in the future
        values.Add(delay);
        histogram.Record(delay);
    }

    private readonly record struct Shown(long Segment, int Words, int Stable);
}
