using System.Text.Json;
using System.Text.Json.Nodes;

namespace BroadcastCaptions.Obs;

/// <summary>One request of a batch.</summary>
/// <param name="Type">obs-websocket's name: "GetSceneItemId".</param>
/// <param name="Data">Its fields; null for none.</param>
public sealed record ObsRequest(string Type, JsonObject? Data = null);

/// <summary>OBS's answer to one request of a batch.</summary>
/// <param name="Status">RequestStatus; 100 is success.</param>
/// <param name="Data">The answer's fields; undefined where it has none or failed.</param>
public sealed record ObsResponse(int Status, JsonElement Data)
{
    /// <summary>Did it succeed?</summary>
    public bool Succeeded => Status == 100;
}
