using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>What is shown of one segment of one source.</summary>
/// <param name="segment">The segment's number.</param>
/// <param name="options">The display policy.</param>
internal sealed class ShownSegment(long segment, DisplayOptions options)
{
    private readonly WordAges _ages = new();
    private readonly SteadyText _text = new(Patience.Of(options));
    private IReadOnlyList<TimedWord> _shown = [];
    private int _stable;
    private int _revision;

    /// <summary>The segment's number.</summary>
    public long Segment => segment;

    /// <summary>What the next segment begins with, where this one was cut.</summary>
    public ShownSegment? Rest { get; private set; }

    /// <summary>The transcript after this recognition; null where it shows nothing new.</summary>
    public Transcript? Next(Recognition recognition)
    {
        var words = recognition.Hypothesis.Words;
        var now = recognition.TakenIn.Seconds;
        if (recognition.IsFinal) Finish(recognition, now);
        else
        {
            _ages.Update(words.Select(word => (word.Text, word.Start.Seconds, word.End.Seconds)), now);
            _text.Partial(words, _ages, now);
        }

        var show = _text.Words;
        if (!recognition.IsFinal && _text.Settled == _stable && SameText(show, _shown)) return null;
        (_shown, _stable) = (show, _text.Settled);
        if (show.Count == 0 && words.Count == 0 && _revision == 0) return null; // a final without words, and none was ever shown
        return new(
            recognition.Source.Id, segment, ++_revision, recognition.IsFinal, recognition.Start, recognition.End,
            recognition.Hypothesis.Language, show, _stable)
        { Recognized = words };
    }

    private void Finish(Recognition final, double now)
    {
        if (final.GoesOn)
        {
            Rest = new(segment + 1, options);
            _text.SplitInto(Rest._text, final.Hypothesis.Words, final.End.Seconds);
        }

        _text.Final(final.Hypothesis.Words, now, isFollowed: Rest is { _text.IsEmpty: false });
    }

    private static bool SameText(IReadOnlyList<TimedWord> a, IReadOnlyList<TimedWord> b) =>
        a.Count == b.Count && a.Select(word => word.Text).SequenceEqual(b.Select(word => word.Text), StringComparer.Ordinal);
}
