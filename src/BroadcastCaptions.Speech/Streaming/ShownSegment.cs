using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>What is shown of one segment of one source.</summary>
/// <param name="segment">The segment's number.</param>
/// <param name="options">How long a word must stand to be believed.</param>
internal sealed class ShownSegment(long segment, DisplayOptions options)
{
    /// <summary>Seconds after which a shown word is called stable: rows of stable words are frozen.</summary>
    private const double Settled = 1;

    private readonly WordAges _ages = new();
    private readonly SteadyText _steady = new(options);
    private IReadOnlyList<TimedWord> _shown = [];
    private int _stable;
    private int _revision;

    /// <summary>The segment's number.</summary>
    public long Segment => segment;

    /// <summary>The transcript after this recognition; null where it shows nothing new.</summary>
    public Transcript? Next(Recognition recognition)
    {
        var words = recognition.Hypothesis.Words;
        var now = recognition.TakenIn.Seconds;
        _ages.Update(words.Select(word => word.Text), now);
        var show = recognition.IsFinal || options.Policy == DisplayPolicy.Fast ? words : _steady.Next(words, _ages, now);
        var stable = recognition.IsFinal ? words.Count : Believed(show, words, now);
        if (!recognition.IsFinal && stable == _stable && SameText(show, _shown)) return null;
        if (show.Count == 0 && _revision == 0) return null; // a final without words, and none was ever shown
        (_shown, _stable) = (show, stable);
        return new(
            recognition.Source.Id, segment, ++_revision, recognition.IsFinal, recognition.Start, recognition.End,
            recognition.Hypothesis.Language, show, stable);
    }

    /// <summary>Leading words of what is shown that the hypothesis has too, and has had for long enough.</summary>
    private int Believed(IReadOnlyList<TimedWord> show, IReadOnlyList<TimedWord> words, double now)
    {
        var after = options.Policy == DisplayPolicy.Fast ? options.SteadyAfter : Math.Max(options.SteadyAfter, Settled);
        var count = 0;
        while (count < Math.Min(show.Count, words.Count) && WordUnits.Key(show[count].Text) == WordUnits.Key(words[count].Text) && _ages.Survived(count, now, after)) count++;
        return count;
    }

    private static bool SameText(IReadOnlyList<TimedWord> a, IReadOnlyList<TimedWord> b) =>
        a.Count == b.Count && a.Select(word => word.Text).SequenceEqual(b.Select(word => word.Text), StringComparer.Ordinal);
}
