using BroadcastCaptions.Captions;

namespace BroadcastCaptions.Obs.Text;

/// <summary>The text of a block: always as many lines as the display has, so that nothing jumps.</summary>
internal static class CaptionBlock
{
    /// <summary>Nothing on screen.</summary>
    public const string Empty = "";

    // A space, because text sources leave out lines that hold nothing.
    private const string Blank = " ";

    /// <summary>The cue's lines, filled up with blank ones; empty where the cue has no words.</summary>
    public static string From(CaptionCue cue, int lines)
    {
        if (cue.Lines.All(line => string.IsNullOrWhiteSpace(line.Text))) return Empty;
        var text = cue.Lines.Select(line => line.Text.Length == 0 ? Blank : line.Text);
        return string.Join('\n', text.Concat(Enumerable.Repeat(Blank, Math.Max(0, lines - cue.Lines.Count))));
    }

    /// <summary>A full block of the highest and deepest letters, to be measured.</summary>
    public static string Measure(int lines) => string.Join('\n', Enumerable.Repeat("Ág|", lines));
}
