using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Captions.Filters;

/// <summary>
/// Shows once what two sources hear: a loudspeaker into a microphone, a filter on a source and the track that carries it. Whichever source's words are
/// shown first keeps them; a transcript of another that says mostly the same at the same time is emptied.
/// </summary>
/// <param name="inner">The filter before it. Echoes are judged by what was said, not by what it leaves.</param>
public sealed class EchoFilter(ITextFilter inner) : ITextFilter
{
    private const double SameTime = 0.7; // s: word times are estimates, and sound takes its time through the air
    private const double Kept = 30;      // s

    private readonly Dictionary<(string Source, long Segment), (double End, (string Word, double Start)[] Words)> _shown = [];

    /// <inheritdoc/>
    public Transcript Apply(Transcript transcript)
    {
        foreach (var (key, old) in _shown)
            if (old.End < transcript.End.Seconds - Kept) _shown.Remove(key);
        (string Word, double Start)[] words = [.. transcript.Words.Select(word => (Key(word.Text), word.Start.Seconds)).Where(word => word.Item1.Length > 0)];
        var id = (transcript.Source, transcript.Segment);
        if (words.Length > 0 && 3 * words.Count(word => IsShownByAnother(transcript.Source, word)) >= 2 * words.Length)
        {
            _shown.Remove(id);
            return Empty(transcript);
        }

        _shown[id] = (transcript.End.Seconds, words);
        return inner.Apply(transcript);
    }

    // Not by 'with': the text is made of the words once.
    private static Transcript Empty(Transcript of) => new(of.Source, of.Segment, of.Revision, of.IsFinal, of.Start, of.End, of.Language, [], 0);

    private bool IsShownByAnother(string source, (string Word, double Start) word)
    {
        foreach (var (key, shown) in _shown)
            if (key.Source != source && Array.Exists(shown.Words, other => other.Word == word.Word && Math.Abs(other.Start - word.Start) <= SameTime)) return true;
        return false;
    }

    private static string Key(string word) => string.Concat(word.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
