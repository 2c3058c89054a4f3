using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>
/// How a cue of a file must be (Netflix's Timed Text Style Guide, English: two lines of 42 characters, at most 7 s, 20
/// characters a second, two frames between cues). A file is no screen: these do not follow the display's options.
/// </summary>
internal static class CueRules
{
    /// <summary>Most lines of a cue.</summary>
    public const int Lines = 2;

    /// <summary>Most columns of a line.</summary>
    public const int Columns = 42;

    /// <summary>A cue shorter than this cannot be read, seconds.</summary>
    public const double Shortest = 1;

    /// <summary>A cue longer than this is read twice, seconds.</summary>
    public const double Longest = 7;

    /// <summary>Columns a second that people can follow.</summary>
    public const double ColumnsPerSecond = 20;

    /// <summary>Two frames at 24 frames a second, so that the eye sees a change.</summary>
    public const double Gap = 2.0 / 24;

    /// <summary>A cue must have a length, even where a recogniser gave its words none.</summary>
    private const double NoLength = 0.001;

    /// <summary>When a cue may leave when nothing follows: long enough to be read, never before its last word.</summary>
    public static MediaTime EndInSilence(MediaTime start, MediaTime spoken, int columns)
    {
        var reading = Math.Clamp(columns / ColumnsPerSecond, Shortest, Longest);
        return MediaTime.Max(spoken, start.Plus(reading));
    }

    /// <summary>When a cue leaves because words of the same source begin at <paramref name="next"/>.</summary>
    public static MediaTime EndBefore(SidecarCue cue, MediaTime next)
    {
        var withGap = next.Plus(-Gap);
        var end = MediaTime.Min(cue.End, withGap < cue.Spoken ? MediaTime.Min(cue.Spoken, next) : withGap);
        return MediaTime.Max(end, cue.Start.Plus(NoLength));
    }

    /// <summary>When it leaves because another source begins at <paramref name="next"/>: what is really said at once, overlaps.</summary>
    public static MediaTime EndBeforeOther(SidecarCue cue, MediaTime next) =>
        MediaTime.Min(cue.End, MediaTime.Max(MediaTime.Max(cue.Spoken, next.Plus(-Gap)), cue.Start.Plus(NoLength)));
}
