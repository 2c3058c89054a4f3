using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions;

/// <summary>One line of a cue.</summary>
/// <param name="Text">The line, wrapped to the display's columns.</param>
/// <param name="Source">Id of the source that speaks in it.</param>
/// <param name="StableLength">How many leading characters (UTF-16 units) of <paramref name="Text"/> will not change.</param>
public sealed record CaptionLine(string Text, string Source, int StableLength);

/// <summary>
/// Text with start and end, ready to show. On live screens the visible block is one cue: it keeps its id while it is on
/// screen and gains a revision with every change; a time-out or a clear retracts it.
/// </summary>
/// <param name="Id">Unique within a session, from 1.</param>
/// <param name="Revision">Counts the changes of this cue, from 1.</param>
/// <param name="Start">Media time at which its first word was spoken.</param>
/// <param name="End">Media time at which its last word was spoken.</param>
/// <param name="Lines">The lines, top to bottom; at most as many as the display has.</param>
public sealed record CaptionCue(long Id, int Revision, MediaTime Start, MediaTime End, IReadOnlyList<CaptionLine> Lines)
{
    /// <summary>The lines, joined by line feeds.</summary>
    public string Text { get; } = string.Join('\n', Lines.Select(line => line.Text));
}
