using BroadcastCaptions.Obs.Protocol;

namespace BroadcastCaptions.Obs;

/// <summary>Which OBS answers.</summary>
/// <param name="Obs">OBS's version: "29.0.2".</param>
/// <param name="WebSocket">obs-websocket's version: "5.1.0".</param>
/// <param name="Platform">"linux", "windows", "macos" or a distribution's name, as OBS says it.</param>
/// <param name="Requests">The requests that it knows.</param>
public sealed record ObsVersion(string Obs, string WebSocket, string Platform, IReadOnlySet<string> Requests)
{
    /// <summary>Asks an OBS.</summary>
    /// <exception cref="ObsConnectionException">The connection ended.</exception>
    /// <exception cref="ObsRequestException">OBS refused to answer.</exception>
    public static async Task<ObsVersion> AskAsync(ObsClient client, CancellationToken cancellation)
    {
        var answer = await client.RequestAsync("GetVersion", null, cancellation);
        return new ObsVersion(
            answer.Text("obsVersion"),
            answer.Text("obsWebSocketVersion"),
            answer.Text("platform"),
            answer.Items("availableRequests").Select(name => name.GetString() ?? "").ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>As a user would say it.</summary>
    public override string ToString() => $"OBS {Obs} (WebSocket {WebSocket})";
}
