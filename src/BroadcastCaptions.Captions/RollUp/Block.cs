using BroadcastCaptions.Captions.Layout;

namespace BroadcastCaptions.Captions.RollUp;

/// <summary>
/// The rows of the block, and the window on them that is visible. Rows are appended at the bottom and never change places;
/// the window only ever moves down. So no text jumps: what is on screen stays where it is, or scrolls up.
/// </summary>
/// <param name="lines">Rows of the window.</param>
/// <param name="columns">Columns of a row.</param>
internal sealed class Block(int lines, int columns)
{
    private readonly List<Row> _rows = [];
    private long _next;
    private Speaker? _lastScrolledOff;

    /// <summary>The rows in the window, top to bottom.</summary>
    public IReadOnlyList<Row> Visible => _rows;

    /// <summary>Number of the window's first row.</summary>
    private long Top => Math.Max(0, _next - lines);

    /// <summary>Has this row left the screen?</summary>
    public bool IsScrolledOff(Row row) => row.Number < Top;

    /// <summary>Are a speaker's rows the last that hold words?</summary>
    public bool SpokeLast(Speaker speaker) => _rows.FindLast(row => !row.IsBlank)?.Owner is var last && (last is null || last == speaker);

    /// <summary>Columns that line number <paramref name="line"/> of a speaker's tail has.</summary>
    public int ColumnsOf(Speaker speaker, int line) => columns - TextWidth.Of(PrefixOf(speaker, line));

    /// <summary>The label, where line number <paramref name="line"/> of a speaker's tail begins a turn.</summary>
    public string PrefixOf(Speaker speaker, int line)
    {
        if (line < speaker.Rows.Count)
        {
            var row = speaker.Rows[line];
            return row.IsBlank ? PrefixAt(speaker, row.Number) : row.Prefix;
        }

        return line == speaker.Rows.Count ? PrefixAt(speaker, FirstFree(speaker)) : "";
    }

    /// <summary>Shows a speaker's tail in its rows, appending rows as needed.</summary>
    public void Show(Speaker speaker, Tail tail, List<LineSpan> spans)
    {
        for (var i = 0; i < spans.Count; i++)
        {
            var prefix = PrefixOf(speaker, i);
            if (i == speaker.Rows.Count) speaker.Rows.Add(Append(speaker));
            speaker.Rows[i].Fill(prefix, tail, spans[i]);
        }

        for (var i = spans.Count; i < speaker.Rows.Count; i++) speaker.Rows[i].Blank();
        Trim();
    }

    /// <summary>An empty block.</summary>
    public void Clear()
    {
        _rows.Clear();
        _next = 0;
        _lastScrolledOff = null;
    }

    private string PrefixAt(Speaker speaker, long number)
    {
        var before = _rows.FindLast(row => row.Number < number && (!row.IsBlank || row.Owner == speaker));
        return (before is null ? _lastScrolledOff : before.Owner) == speaker ? "" : speaker.Label;
    }

    /// <summary>Blank rows at the bottom are used before new ones are added, whoever else left them blank.</summary>
    private long FirstFree(Speaker speaker)
    {
        var last = _rows.FindLast(row => !row.IsBlank || row.Owner == speaker);
        return last is null ? Top : last.Number + 1;
    }

    private Row Append(Speaker speaker)
    {
        var number = FirstFree(speaker);
        var row = _rows.Find(blank => blank.Number == number);
        if (row is null)
        {
            row = new Row(_next++);
            _rows.Add(row);
        }
        else
        {
            row.Owner?.Rows.Remove(row);
        }

        row.Owner = speaker;
        return row;
    }

    private void Trim()
    {
        var gone = _rows.FindIndex(row => !IsScrolledOff(row));
        if (gone <= 0) return;
        _lastScrolledOff = _rows.Take(gone).LastOrDefault(row => !row.IsBlank)?.Owner ?? _lastScrolledOff;
        _rows.RemoveRange(0, gone);
    }
}
