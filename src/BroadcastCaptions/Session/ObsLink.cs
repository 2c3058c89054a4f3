using BroadcastCaptions.Control;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Obs;
using BroadcastCaptions.Options;
using BroadcastCaptions.Pipeline;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Session;

/// <summary>OBS in a session: its connection, its text source, and who is on air.</summary>
internal sealed class ObsLink : IAsyncDisposable
{
    /// <summary>How long a session waits for OBS before its first word; a muted microphone should be known to be muted.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(5);

    private readonly ObsSession _session;

    private ObsLink(ObsSession session) => _session = session;

    /// <summary>Begins to connect, and adds the text source to the hub; null where the user wants no OBS.</summary>
    public static ObsLink? Start(
        CaptionsOptions options, TapSet taps, MediaClock clock, Counters counters, EventHub hub, Action<ControlMessage> send)
    {
        if (!options.Obs.Enabled) return null;
        var text = new ObsTextSink(options.Obs, options.Display, counters, hub.Report, TimeProvider.System);
        var watcher = new ObsOnAirWatcher(options.Obs, taps.Observed, clock, send, hub.Report);
        var session = new ObsSession(options.Obs, [text, watcher], hub.Report, TimeProvider.System);
        hub.Add(text);
        session.Start();
        return new ObsLink(session);
    }

    /// <summary>Waits until it is known how things stand with OBS, for a few seconds at most.</summary>
    public Task SettleAsync() => Task.WhenAny(_session.Settled, Task.Delay(SettleTime));

    /// <summary>The user says so: try again now, also after a wrong password or when OBS sent us away.</summary>
    public void Retry() => _session.Retry();

    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
