using BroadcastCaptions.Captions.Layout;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.RollUp;

/// <summary>What one source has on the screen: the words of its finals and open partials that no frozen row holds, and its open rows.</summary>
/// <param name="id">Id of the source.</param>
/// <param name="label">What stands before its turns, with the space after it; empty for none.</param>
internal sealed class Speaker(string id, string label)
{
    /// <summary>A pipeline that loses finals must not make us grow: older open segments are then taken as they are.</summary>
    private const int MaximumOpenSegments = 8;

    /// <summary>Seconds within which the segment after a cut has said its first words.</summary>
    private const double LongestHold = 0.5;

    private readonly List<LayoutWord> _settled = [];
    private readonly List<OpenSegment> _segments = [];
    private long _lastFinal;
    private int _skip;
    private MediaTime? _clearedAt;
    private Transcript? _held;
    private MediaTime _heldSince;

    /// <summary>Id of the source.</summary>
    public string Id => id;

    /// <summary>What stands before its turns.</summary>
    public string Label { get; set; } = label;

    /// <summary>Its rows that may still change, ascending.</summary>
    public List<Row> Rows { get; } = [];

    /// <summary>The tail as it was last shown.</summary>
    public string ShownText { get; set; } = "";

    /// <summary>Has it said anything that is not final?</summary>
    public bool HasOpenWords => _segments.Exists(segment => segment.Remaining > 0);

    /// <summary>Words kept; for tests of boundedness.</summary>
    internal int WordsKept => _settled.Count + _segments.Sum(segment => segment.Words.Count);

    /// <summary>Does a final wait? It was cut shorter than what is shown of it.</summary>
    public bool IsHolding => _held is not null;

    /// <summary>Takes a transcript; false when it is of no account: late, or from before a clear.</summary>
    public bool Take(Transcript transcript, MediaTime now)
    {
        TakeHeld();
        if (transcript.Segment <= _lastFinal || transcript.Start <= _clearedAt) return false;
        var segment = _segments.Find(open => open.Number == transcript.Segment) ?? Open(transcript.Segment);
        if (transcript.IsFinal && segment.Words.Count > 0 && segment.Words[^1].Start >= transcript.End) (_held, _heldSince) = (transcript, now);
        else Take(segment, transcript);
        return true;
    }

    /// <summary>Takes a final that has waited for long enough; false when there is none.</summary>
    public bool TakeHeld(MediaTime now) => IsHolding && now - _heldSince >= LongestHold && TakeHeld();

    private bool TakeHeld()
    {
        if (_held is not { } final) return false;
        _held = null;
        if (_segments.Find(open => open.Number == final.Segment) is not { } segment) return false;
        Take(segment, final);
        return true;
    }

    private void Take(OpenSegment segment, Transcript transcript)
    {
        segment.Update(transcript);
        if (transcript.IsFinal) SettleThrough(segment);
    }

    /// <summary>The words to lay out.</summary>
    public Tail BuildTail()
    {
        var words = new List<LayoutWord>(_settled);
        var stable = _settled.Count;
        var allStable = true;
        foreach (var segment in _segments)
        {
            Append(words, segment);
            if (allStable) stable += Math.Clamp(segment.Stable - segment.Consumed, 0, segment.Remaining);
            allStable = false;
        }

        return new Tail(words, words.Count == 0 ? 0 : Math.Min(_skip, words[0].Word.Text.Length), stable);
    }

    /// <summary>Counts the tail up to a position as done: it stands on rows that never change again.</summary>
    public void Consume(TextPosition upTo)
    {
        var words = upTo.Word;
        var settled = Math.Min(words, _settled.Count);
        _settled.RemoveRange(0, settled);
        words -= settled;
        foreach (var segment in _segments)
        {
            var taken = Math.Min(words, segment.Remaining);
            segment.Consume(taken);
            words -= taken;
        }

        _skip = upTo.Char;
        foreach (var row in Rows) row.Rebase(upTo.Word);
    }

    /// <summary>Ends the turn: what was said is done, the next words begin a new row.</summary>
    public void CloseTurn()
    {
        _settled.Clear();
        _skip = 0;
        foreach (var segment in _segments) segment.Consume(segment.Remaining);
        foreach (var row in Rows)
            if (row.IsBlank) row.Owner = null;
        Rows.Clear();
    }

    /// <summary>Forgets all that was said up to a moment, and all that open segments will still say.</summary>
    public void Forget(MediaTime upTo)
    {
        CloseTurn();
        _segments.Clear();
        _held = null;
        _clearedAt = upTo;
    }

    private OpenSegment Open(long number)
    {
        var segment = new OpenSegment(number);
        var after = _segments.FindIndex(open => open.Number > number);
        _segments.Insert(after < 0 ? _segments.Count : after, segment);
        if (_segments.Count > MaximumOpenSegments) SettleThrough(_segments[0]);
        return segment;
    }

    /// <summary>Segments end in order: a final also ends what came before it.</summary>
    private void SettleThrough(OpenSegment last)
    {
        while (_segments.Count > 0 && _segments[0].Number <= last.Number)
        {
            var segment = _segments[0];
            Append(_settled, segment);
            _segments.RemoveAt(0);
            GoOn(segment.Number + 1, segment.Ahead);
        }

        _lastFinal = Math.Max(_lastFinal, last.Number);
    }

    /// <summary>Where a segment was cut, the next one begins with words that stand on rows already.</summary>
    private void GoOn(long number, int words)
    {
        if (words > 0) (_segments.Find(open => open.Number == number) ?? Open(number)).Consume(words);
    }

    private static void Append(List<LayoutWord> words, OpenSegment segment)
    {
        for (var i = segment.Consumed; i < segment.Words.Count; i++)
        {
            var word = segment.Words[i];
            var space = word.SpaceBefore || (i == 0 && words.Count > 0 && Scripts.NeedsSpaceBetween(words[^1].Word.Text, word.Text));
            words.Add(new LayoutWord(word, space));
        }
    }
}
