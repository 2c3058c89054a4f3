using System.Collections.Concurrent;
using System.Text.Json;

namespace BroadcastCaptions.TestKit.Obs;

/// <summary>What the plug-in tells whoever listens to OBS.</summary>
public sealed class VendorEvents : IAsyncDisposable
{
    private readonly ObsObserver _obs;
    private readonly ConcurrentQueue<JsonElement> _events = new();

    private VendorEvents(ObsObserver obs)
    {
        _obs = obs;
        _ = obs.ReadEventsAsync(_events.Enqueue);
    }

    /// <summary>Begins to listen.</summary>
    public static async Task<VendorEvents> ListenAsync(int port, string password) => new(await ObsObserver.ConnectAsync(port, password, ObsObserver.VendorEvents));

    /// <summary>The texts of an event so far: "block", "final".</summary>
    public IReadOnlyList<string> Of(string type) =>
    [
        .. _events.Where(e => e.GetProperty("eventType").GetString() == "VendorEvent" && e.GetProperty("eventData").GetProperty("eventType").GetString() == type)
            .Select(e => e.GetProperty("eventData").GetProperty("eventData").GetProperty("text").GetString()!),
    ];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _obs.DisposeAsync();
}
