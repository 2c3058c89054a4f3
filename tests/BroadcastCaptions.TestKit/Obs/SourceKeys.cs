using System.Text.Json.Nodes;

namespace BroadcastCaptions.TestKit.Obs;

/// <summary>Push-to-talk and push-to-mute of a source, with their keys: what obs-websocket cannot set.</summary>
public static class SourceKeys
{
    /// <summary>libobs's names of the two.</summary>
    public const string PushToTalk = "libobs.push-to-talk", PushToMute = "libobs.push-to-mute";

    /// <summary>Switches them on in the saved scenes, and binds them. While OBS is closed.</summary>
    /// <param name="obs">Whose scenes.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="keys">The key of each: "F9".</param>
    public static async Task BindAsync(ObsHarness obs, string source, IReadOnlyDictionary<string, string> keys)
    {
        var scenes = Path.Combine(obs.Home, ".config", "obs-studio", "basic", "scenes", "Untitled.json");
        var json = JsonNode.Parse(await File.ReadAllTextAsync(scenes))!;
        var saved = json["sources"]!.AsArray().Single(one => (string?)one!["name"] == source)!;
        foreach (var (name, key) in keys)
        {
            saved[name["libobs.".Length..]] = true;
            saved["hotkeys"]![name] = new JsonArray(new JsonObject { ["key"] = $"OBS_KEY_{key}" });
        }

        await File.WriteAllTextAsync(scenes, json.ToJsonString());
    }
}
