using System.Text.Json;
using System.Text.Json.Nodes;

namespace BroadcastCaptions.Obs.Text;

/// <summary>A scene item's place, to be given to another.</summary>
internal static class SceneItemTransform
{
    private static readonly string[] Placing =
    [
        "alignment", "positionX", "positionY", "rotation", "scaleX", "scaleY",
        "cropLeft", "cropTop", "cropRight", "cropBottom", "boundsType", "boundsAlignment",
    ];

    private static readonly string[] Bounds = ["boundsWidth", "boundsHeight"];

    /// <summary>The fields that may be set, of those that OBS gives.</summary>
    public static JsonObject Copy(JsonElement transform)
    {
        var copy = new JsonObject();
        foreach (var field in Placing) Take(field, _ => true);
        foreach (var field in Bounds) Take(field, value => value.GetDouble() >= 1); // OBS says 0 for none, and refuses to be told it
        return copy;

        void Take(string field, Func<JsonElement, bool> allowed)
        {
            if (transform.TryGetProperty(field, out var value) && allowed(value)) copy[field] = JsonNode.Parse(value.GetRawText());
        }
    }
}
