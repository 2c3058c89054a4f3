using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Captions.RollUp;

/// <summary>A segment whose final has not come.</summary>
/// <param name="number">Its number within the source.</param>
internal sealed class OpenSegment(long number)
{
    /// <summary>Its number within the source.</summary>
    public long Number { get; } = number;

    /// <summary>Its words by the latest partial.</summary>
    public IReadOnlyList<TimedWord> Words { get; private set; } = [];

    /// <summary>How many leading words are frozen, or left the screen.</summary>
    public int Consumed { get; private set; }

    /// <summary>How many leading words will not change.</summary>
    public int Stable { get; private set; }

    /// <summary>Words that are still to be laid out.</summary>
    public int Remaining => Math.Max(0, Words.Count - Consumed);

    /// <summary>Words that stand on rows and are no longer the segment's: it was cut in front of them.</summary>
    public int Ahead => Math.Max(0, Consumed - Words.Count);

    /// <summary>Takes the latest revision.</summary>
    public void Update(Transcript transcript)
    {
        var stable = transcript.IsFinal ? transcript.Words.Count : Math.Min(transcript.StableWords, transcript.Words.Count);
        var empty = transcript.Words.Any(word => word.Text.Length == 0);
        Words = empty ? [.. transcript.Words.Where(word => word.Text.Length > 0)] : transcript.Words;
        Stable = empty ? transcript.Words.Take(stable).Count(word => word.Text.Length > 0) : stable;
    }

    /// <summary>Counts leading words as done.</summary>
    public void Consume(int words) => Consumed += words;
}
