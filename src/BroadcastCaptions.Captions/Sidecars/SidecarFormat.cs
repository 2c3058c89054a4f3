using System.Globalization;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>An entry as it is written.</summary>
/// <param name="Text">All of it, line ends included.</param>
/// <param name="EndTimeAt">Index of the end time within <paramref name="Text"/> (all before it is ASCII), or −1 where the format has none.</param>
internal readonly record struct SidecarEntry(string Text, int EndTimeAt = -1);

/// <summary>A caption file's format. All but those with a footer are append-only: what is written stays valid whatever follows. UTF-8, line feeds.</summary>
internal abstract class SidecarFormat
{
    /// <summary>The file's ending: ".srt".</summary>
    public abstract string Extension { get; }

    /// <summary>What stands at the file's begin.</summary>
    /// <param name="zero">Wall-clock time of media zero; null where that is a recording's begin.</param>
    public virtual string Header(DateTimeOffset? zero) => "";

    /// <summary>What must stand at the file's end.</summary>
    public virtual string Footer => "";

    /// <summary>A final's entries.</summary>
    public abstract IReadOnlyList<SidecarCue> Compose(Transcript final, string speaker);

    /// <summary>A cue as it is written.</summary>
    /// <param name="cue">The cue.</param>
    /// <param name="number">Its number, from 1.</param>
    public abstract SidecarEntry Render(SidecarCue cue, int number);

    /// <summary>A remark that a span is missing, as it is written.</summary>
    public abstract SidecarEntry RenderLoss(MediaTime from, MediaTime to, int number);

    /// <summary>Does a remark take a number?</summary>
    public virtual bool NumbersLosses => false;

    /// <summary>A time as it is written.</summary>
    public virtual string Time(MediaTime at) => Clock(at, '.');

    /// <summary>hh:mm:ss and milliseconds.</summary>
    protected static string Clock(MediaTime at, char separator)
    {
        var milliseconds = (long)Math.Round(Math.Max(0, at.Seconds) * 1000);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{milliseconds / 3_600_000:00}:{milliseconds / 60_000 % 60:00}:{milliseconds / 1000 % 60:00}{separator}{milliseconds % 1000:000}");
    }

    /// <summary>"ALICE: ", or nothing for a lone speaker.</summary>
    protected static string Prefix(string speaker) => speaker.Length == 0 ? "" : speaker.ToUpperInvariant() + ": ";
}
