using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Captions.Layout;

/// <summary>A word to lay out, and whether a space stands before it when it does not begin a line.</summary>
internal readonly record struct LayoutWord(TimedWord Word, bool SpaceBefore)
{
    /// <summary>The words of one segment.</summary>
    public static List<LayoutWord> From(IEnumerable<TimedWord> words) => [.. words.Select(word => new LayoutWord(word, word.SpaceBefore))];
}

/// <summary>A place between two characters: so many whole words, then so many characters of the next.</summary>
internal readonly record struct TextPosition(int Word, int Char);

/// <summary>One line of a layout: from a position up to another.</summary>
internal readonly record struct LineSpan(TextPosition From, TextPosition To);

/// <summary>
/// Greedy wrapping. Lines break at spaces, between words that have none, and between East Asian characters, with
/// <see cref="Kinsoku"/>; what is longer than a line is cut at graphemes. Because it is greedy, the lines of a text's
/// beginning do not change when the text goes on.
/// </summary>
/// <param name="words">The words.</param>
/// <param name="skip">Characters of the first word that are not to be laid out (they stand on an earlier line).</param>
/// <param name="columnsOf">Columns of line number n, from 0.</param>
internal sealed class LineWrapper(IReadOnlyList<LayoutWord> words, int skip, Func<int, int> columnsOf)
{
    /// <summary>Columns kept free after an East Asian character, so that punctuation can follow it without pushing it to the next line.</summary>
    private const int PunctuationReserve = 2;

    private readonly List<LineSpan> _lines = [];
    private TextPosition _lineFrom = new(0, skip);
    private TextPosition _lineTo = new(0, skip);
    private int _used;

    /// <summary>Wraps.</summary>
    public static List<LineSpan> Wrap(IReadOnlyList<LayoutWord> words, int skip, Func<int, int> columnsOf)
    {
        if (words.Count == 0) return [];
        var wrapper = new LineWrapper(words, skip, columnsOf);
        wrapper.Run();
        return wrapper._lines;
    }

    private void Run()
    {
        var from = new TextPosition(0, skip);
        while (from.Word < words.Count)
        {
            var to = ChunkEnd(from);
            Place(from, to);
            from = to;
        }

        if (_lineTo != _lineFrom) _lines.Add(new LineSpan(_lineFrom, _lineTo));
    }

    /// <summary>Where the longest run without a break opportunity ends.</summary>
    private TextPosition ChunkEnd(TextPosition from)
    {
        var at = Next(from);
        while (at.Word < words.Count && !IsBreak(at)) at = Next(at);
        return at;
    }

    private TextPosition Next(TextPosition at)
    {
        var text = words[at.Word].Word.Text;
        if (at.Char >= text.Length) return new TextPosition(at.Word + 1, 0);
        var next = at.Char + TextWidth.GraphemeLength(text.AsSpan(at.Char));
        return next < text.Length ? at with { Char = next } : new TextPosition(at.Word + 1, 0);
    }

    private bool IsBreak(TextPosition at)
    {
        var text = words[at.Word].Word.Text;
        if (text.Length == 0) return false;
        if (at.Char == 0 && words[at.Word].SpaceBefore) return true;
        var previous = at.Char > 0 ? text.AsSpan(0, at.Char) : words[at.Word - 1].Word.Text;
        if (previous.IsEmpty) return true;
        var before = Scripts.Last(previous);
        var after = Scripts.First(text.AsSpan(at.Char));
        if (Kinsoku.CannotBegin(after) || Kinsoku.CannotEnd(before)) return false;
        return at.Char == 0 || Scripts.BreaksAnywhere(before) || Scripts.BreaksAnywhere(after);
    }

    private void Place(TextPosition from, TextPosition to)
    {
        var width = LineText.Width(words, from, to);
        var space = _used > 0 && from.Char == 0 && words[from.Word].SpaceBefore ? 1 : 0;
        if (_used > 0 && _used + space + width + Reserve(from, to) > Columns) EndLine(from);
        else _used += space;

        if (width <= Columns - _used) Take(to, width);
        else Cut(from, to);
    }

    private int Reserve(TextPosition from, TextPosition to)
    {
        var last = to.Char > 0 ? words[to.Word].Word.Text.AsSpan(0, to.Char) : words[to.Word - 1].Word.Text;
        if (to.Word == from.Word) last = last[from.Char..];
        return !last.IsEmpty && Scripts.BreaksAnywhere(Scripts.Last(last)) && !Kinsoku.CannotBegin(Scripts.Last(last)) ? PunctuationReserve : 0;
    }

    private void Cut(TextPosition from, TextPosition to)
    {
        while (from != to)
        {
            var next = Next(from);
            var width = LineText.Width(words, from, next);
            if (_used > 0 && _used + width > Columns) EndLine(from);
            Take(next, width);
            from = next;
        }
    }

    private int Columns => columnsOf(_lines.Count);

    private void Take(TextPosition to, int width)
    {
        _lineTo = to;
        _used += width;
    }

    private void EndLine(TextPosition next)
    {
        _lines.Add(new LineSpan(_lineFrom, _lineTo));
        _lineFrom = _lineTo = next;
        _used = 0;
    }
}
