using System.Text.Json;
using System.Text.Json.Nodes;

namespace BroadcastCaptions.TestKit.Obs;

/// <summary>What tests ask of OBS where the plug-in is concerned.</summary>
public static class PluginRequests
{
    /// <summary>Adds a file as a media source; it is silent until it is told to play, or plays over and over.</summary>
    public static async Task AddMediaAsync(this ObsObserver obs, string scene, string name, string file, bool loop = false)
    {
        await obs.AskAsync("CreateInput", new JsonObject
        {
            ["sceneName"] = scene,
            ["inputName"] = name,
            ["inputKind"] = "ffmpeg_source",
            ["inputSettings"] = new JsonObject { ["local_file"] = file, ["looping"] = loop, ["restart_on_activate"] = false, ["close_when_inactive"] = false },
        });
        if (!loop) await obs.StopMediaAsync(name);
    }

    private static Task<JsonElement> MediaAsync(this ObsObserver obs, string name, string action) => obs.AskAsync(
        "TriggerMediaInputAction", new JsonObject { ["inputName"] = name, ["mediaAction"] = $"OBS_WEBSOCKET_MEDIA_INPUT_ACTION_{action}" });

    /// <summary>Plays a media source from its start.</summary>
    public static Task RestartMediaAsync(this ObsObserver obs, string name) => obs.MediaAsync(name, "RESTART");

    /// <summary>Stops a media source.</summary>
    public static Task StopMediaAsync(this ObsObserver obs, string name) => obs.MediaAsync(name, "STOP");

    /// <summary>Puts our filter on a source.</summary>
    public static Task AddFilterAsync(this ObsObserver obs, string source, string filter = "Captions", JsonObject? settings = null) => obs.AskAsync("CreateSourceFilter", new JsonObject
    {
        ["sourceName"] = source,
        ["filterName"] = filter,
        ["filterKind"] = ObsPlugin.Filter,
        ["filterSettings"] = settings ?? [],
    });

    /// <summary>Takes a filter off a source.</summary>
    public static Task RemoveFilterAsync(this ObsObserver obs, string source, string filter = "Captions") =>
        obs.AskAsync("RemoveSourceFilter", new JsonObject { ["sourceName"] = source, ["filterName"] = filter });

    /// <summary>Presses a hotkey by its name.</summary>
    public static Task PressHotkeyAsync(this ObsObserver obs, string name) => obs.AskAsync("TriggerHotkeyByName", new JsonObject { ["hotkeyName"] = name });

    /// <summary>Asks the plug-in for something, as a Stream Deck would.</summary>
    public static async Task<JsonElement> AskPluginAsync(this ObsObserver obs, string request) => (await obs.AskAsync("CallVendorRequest", new JsonObject
    {
        ["vendorName"] = "broadcast-captions",
        ["requestType"] = request,
    })).GetProperty("responseData");
}
