using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.RollUp;

/// <summary>Numbers the cues and their revisions; what did not change is no new revision.</summary>
internal sealed class CueRevisions
{
    private long _lastId;
    private CaptionCue? _shown;

    /// <summary>Is a cue on screen?</summary>
    public bool IsShown => _shown is not null;

    /// <summary>The next revision, or null where nothing changed.</summary>
    public CaptionCue? Next(IReadOnlyList<Row> rows)
    {
        if (_shown is not null && IsSame(_shown.Lines, rows)) return null;
        var lines = rows.Select(row => new CaptionLine(row.Text, OwnerOf(row), row.StableLength)).ToArray();
        var spoken = rows.Where(row => !row.IsBlank).ToArray();
        var start = spoken.Select(row => row.Start).Aggregate(MediaTime.Min);
        var end = spoken.Select(row => row.End).Aggregate(MediaTime.Max);
        return _shown = new CaptionCue(_shown?.Id ?? ++_lastId, (_shown?.Revision ?? 0) + 1, start, end, lines);
    }

    /// <summary>The cue leaves the screen; its id, or null where none was there.</summary>
    public long? Retract()
    {
        var id = _shown?.Id;
        _shown = null;
        return id;
    }

    /// <summary>A blank row may be nobody's.</summary>
    private static string OwnerOf(Row row) => row.Owner?.Id ?? "";

    private static bool IsSame(IReadOnlyList<CaptionLine> lines, IReadOnlyList<Row> rows)
    {
        if (lines.Count != rows.Count) return false;
        for (var i = 0; i < rows.Count; i++)
            if (lines[i].Text != rows[i].Text || lines[i].StableLength != rows[i].StableLength || lines[i].Source != OwnerOf(rows[i])) return false;
        return true;
    }
}
