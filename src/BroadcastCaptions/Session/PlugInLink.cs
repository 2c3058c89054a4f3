using BroadcastCaptions.Audio.PlugIns;
using BroadcastCaptions.Control;
using BroadcastCaptions.Pipeline;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Session;

/// <summary>The plug-in in OBS in a session: its taps join the lanes, and it is told what viewers read.</summary>
internal sealed class PlugInLink : IAsyncDisposable
{
    private readonly PlugInServer _server;

    private PlugInLink(PlugInServer server) => _server = server;

    /// <summary>Listens, once everything behind is ready: a tap that comes is heard at once.</summary>
    /// <exception cref="Failures.CaptionsException">It cannot listen.</exception>
    public static PlugInLink Start(MediaClock clock, LaneSet lanes, Action<ControlMessage> send, EventHub hub)
    {
        var server = new PlugInServer(clock, lanes.Join, send, hub.Report);
        server.Start();
        hub.Add(new PlugInSink(server));
        return new PlugInLink(server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
