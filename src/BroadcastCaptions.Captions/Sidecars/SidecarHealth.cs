using BroadcastCaptions.Events;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>Tells the user how a sidecar fares, once for each change, and when to try again after a failure.</summary>
/// <param name="component">The component name: "sidecar:talk.srt".</param>
/// <param name="report">Takes the states.</param>
internal sealed class SidecarHealth(string component, Action<ComponentState> report)
{
    private const double FirstRetry = 0.5;
    private const double LongestRetry = 15;

    private const int PosixNoSpace = 28; // ENOSPC, on Linux and macOS
    private const int PosixQuotaLinux = 122; // EDQUOT
    private const int PosixQuotaMac = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    private MediaTime _nextTry;
    private double _delay = FirstRetry;
    private string _reason = "";
    private LostSpan? _lost;

    /// <summary>Did the last write fail?</summary>
    public bool IsFailing { get; private set; }

    /// <summary>Is it time to write?</summary>
    public bool MayTry(MediaTime now) => !IsFailing || now >= _nextTry;

    /// <summary>A write failed.</summary>
    /// <param name="error">Why.</param>
    /// <param name="now">This moment.</param>
    /// <param name="waitingFrom">Begin of the first cue that waits, if one does.</param>
    public void Failed(Exception error, MediaTime now, MediaTime? waitingFrom)
    {
        _reason = ReasonOf(error);
        _nextTry = now.Plus(_delay);
        _delay = Math.Min(_delay * 2, LongestRetry);
        if (IsFailing) return;
        IsFailing = true;
        var waits = waitingFrom is { } from ? $"; captions go on, those from {from} wait in memory" : "; captions go on";
        report(new ComponentState(component, Health.Degraded, $"{_reason}{waits}.", "Make room on the disk; writing resumes by itself."));
    }

    /// <summary>So much waits that the oldest is given up.</summary>
    public void Losing(LostSpan lost)
    {
        var isFirst = _lost is null;
        _lost = lost;
        if (!isFirst) return;
        report(new ComponentState(component, Health.Degraded, $"{_reason}; captions from {lost.From} on are being lost.", "Make room on the disk."));
    }

    /// <summary>All that waited is written.</summary>
    public void Recovered()
    {
        if (!IsFailing) return;
        report(_lost is null
            ? new ComponentState(component, Health.Ok, "Writing has resumed; nothing was lost.")
            : new ComponentState(component, Health.Degraded, $"Writing has resumed; captions from {_lost.From} to {_lost.To} were lost."));
        IsFailing = false;
        _lost = null;
        _delay = FirstRetry;
    }

    /// <summary>The session is over, and this could not be written.</summary>
    public void Ended(LostSpan lost) => report(new ComponentState(
        component, Health.Failed, $"{_reason}; captions from {lost.From} to {lost.To} are not in the file.", "Make room on the disk before the next show."));

    private static string ReasonOf(Exception error) => error.HResult switch
    {
        PosixNoSpace or PosixQuotaLinux or PosixQuotaMac or WindowsDiskFull or WindowsHandleDiskFull => "The disk is full",
        _ => $"The file cannot be written ({error.Message.TrimEnd('.')})",
    };
}
