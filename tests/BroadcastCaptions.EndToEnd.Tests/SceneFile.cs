using System.Text.Json.Nodes;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>OBS's scenes as it keeps them in a file: for what its WebSocket server cannot set.</summary>
internal static class SceneFile
{
    /// <summary>Closes OBS, changes its scenes, and starts it again.</summary>
    public static async Task RewriteScenesAsync(this PluginShow show, Action<JsonNode> change)
    {
        await show.Harness.CloseObsAsync();
        var path = Path.Combine(show.Harness.Home, ".config", "obs-studio", "basic", "scenes", "Untitled.json");
        var scenes = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        change(scenes);
        await File.WriteAllTextAsync(path, scenes.ToJsonString());
        await show.Harness.StartObsAsync();
        await show.ReconnectAsync();
    }

    /// <summary>A source, or a scene.</summary>
    public static JsonNode Source(this JsonNode scenes, string name) => scenes["sources"]!.AsArray().Single(source => (string?)source!["name"] == name)!;

    /// <summary>Puts a source that stands in a scene into a group there.</summary>
    public static void Group(this JsonNode scenes, string scene, string source, string group)
    {
        var around = scenes.Source(scene);
        var items = around["settings"]!["items"]!.AsArray();
        var item = items.Single(item => (string?)item!["name"] == source)!;
        var made = around.DeepClone();
        (made["id"], made["versioned_id"], made["name"]) = ("group", "group", group);
        made["settings"]!["items"] = new JsonArray(item.DeepClone());
        made.AsObject().Remove("uuid"); // OBS 30 and later go by these rather than by names, and give one where there is none
        item.AsObject().Remove("source_uuid");
        scenes["groups"]!.AsArray().Add(made);
        item["name"] = group;
    }
}
