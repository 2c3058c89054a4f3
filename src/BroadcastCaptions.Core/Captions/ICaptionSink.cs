using BroadcastCaptions.Events;

namespace BroadcastCaptions.Captions;

/// <summary>What happens when a sink falls behind.</summary>
public enum Overflow
{
    /// <summary>Screens: only the latest matters; older cues are dropped and counted.</summary>
    LatestWins,

    /// <summary>Sidecars: nothing is ever dropped; finals wait.</summary>
    KeepAll,
}

/// <summary>
/// A consumer of events. Each sink has its own single-reader channel: <see cref="HandleAsync"/> is never called twice at
/// once. A sink handles its own failures (a full disk, a vanished OBS): it reports them as states and goes on.
/// </summary>
public interface ICaptionSink : IAsyncDisposable
{
    /// <summary>The component name for states: "obs", "sidecar:talk.srt".</summary>
    string Name { get; }

    /// <summary>What happens when the sink falls behind.</summary>
    Overflow Overflow { get; }

    /// <summary>Handles one event; ignores the kinds that it does not show.</summary>
    ValueTask HandleAsync(CaptionEvent captionEvent, CancellationToken cancellation);
}
