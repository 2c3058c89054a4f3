using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Pipeline;

/// <summary>
/// How far the words are behind speech, as the recogniser itself can tell: from a word's end to the moment its transcript
/// left, over the last words; and from a segment's end to its final.
/// </summary>
internal sealed class LatencyGauge
{
    private const int Kept = 200;

    private readonly Queue<double> _words = new();
    private readonly Queue<double> _finals = new();
    private readonly Dictionary<string, (long Segment, int Words)> _shown = [];
    private readonly Lock _lock = new();

    /// <summary>Median of word end → emitted, seconds; null before the first word.</summary>
    public double? Words => Median(_words);

    /// <summary>Median of segment end → final, seconds; null before the first final.</summary>
    public double? Finals => Median(_finals);

    /// <summary>Takes a transcript that has just left.</summary>
    public void Note(Transcript transcript, MediaTime emitted)
    {
        lock (_lock)
        {
            var (segment, before) = _shown.GetValueOrDefault(transcript.Source);
            if (segment != transcript.Segment) before = 0;
            foreach (var word in transcript.Words.Skip(before)) Keep(_words, Math.Max(0, emitted - word.End));
            _shown[transcript.Source] = (transcript.Segment, Math.Max(before, transcript.Words.Count));
            if (transcript.IsFinal) Keep(_finals, Math.Max(0, emitted - transcript.End));
        }
    }

    private static void Keep(Queue<double> values, double value)
    {
        values.Enqueue(value);
        if (values.Count > Kept) values.Dequeue();
    }

    private double? Median(Queue<double> values)
    {
        lock (_lock)
        {
            return values.Count == 0 ? null : values.Order().ElementAt(values.Count / 2);
        }
    }
}
