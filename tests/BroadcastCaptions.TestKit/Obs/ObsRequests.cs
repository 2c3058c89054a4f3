using System.Text.Json.Nodes;

namespace BroadcastCaptions.TestKit.Obs;

/// <summary>The questions that tests put to OBS, and what they change in it.</summary>
public static class ObsRequests
{
    private const int NotThere = 600;

    /// <summary>The text of a text source as OBS has it now; null while there is no such source.</summary>
    public static async Task<string?> TextAsync(this ObsObserver obs, string source)
    {
        try
        {
            var answer = await obs.AskAsync("GetInputSettings", new JsonObject { ["inputName"] = source });
            return answer.GetProperty("inputSettings").TryGetProperty("text", out var text) ? text.GetString() : "";
        }
        catch (ObsRefusedException e) when (e.Code == NotThere)
        {
            return null;
        }
    }

    /// <summary>Names of the scenes.</summary>
    public static async Task<IReadOnlyList<string>> ScenesAsync(this ObsObserver obs) =>
        [.. (await obs.AskAsync("GetSceneList")).GetProperty("scenes").EnumerateArray().Select(scene => scene.GetProperty("sceneName").GetString()!)];

    /// <summary>Names of what a scene shows.</summary>
    public static async Task<IReadOnlyList<string>> ItemsAsync(this ObsObserver obs, string scene) =>
    [
        .. (await obs.AskAsync("GetSceneItemList", new JsonObject { ["sceneName"] = scene })).GetProperty("sceneItems")
            .EnumerateArray().Select(item => item.GetProperty("sourceName").GetString()!),
    ];

    /// <summary>Makes a scene.</summary>
    public static Task CreateSceneAsync(this ObsObserver obs, string scene) =>
        obs.AskAsync("CreateScene", new JsonObject { ["sceneName"] = scene });

    /// <summary>Puts a scene on air.</summary>
    public static Task SwitchSceneAsync(this ObsObserver obs, string scene) =>
        obs.AskAsync("SetCurrentProgramScene", new JsonObject { ["sceneName"] = scene });

    /// <summary>The scene that is on air.</summary>
    public static async Task<string> CurrentSceneAsync(this ObsObserver obs) =>
        (await obs.AskAsync("GetCurrentProgramScene")).GetProperty("currentProgramSceneName").GetString()!;

    /// <summary>Adds a sound device of PulseAudio to a scene, as a user adds a microphone.</summary>
    public static Task AddMicrophoneAsync(this ObsObserver obs, string scene, string name, string device) => obs.AskAsync("CreateInput", new JsonObject
    {
        ["sceneName"] = scene,
        ["inputName"] = name,
        ["inputKind"] = "pulse_input_capture",
        ["inputSettings"] = new JsonObject { ["device_id"] = device },
    });

    /// <summary>Takes away every input that captures sound, those that OBS makes by itself included.</summary>
    public static async Task RemoveAudioInputsAsync(this ObsObserver obs)
    {
        foreach (var input in (await obs.AskAsync("GetInputList")).GetProperty("inputs").EnumerateArray())
            if (input.GetProperty("inputKind").GetString()!.StartsWith("pulse", StringComparison.Ordinal))
                await obs.AskAsync("RemoveInput", new JsonObject { ["inputName"] = input.GetProperty("inputName").GetString() });
    }

    /// <summary>Adds a plain surface, so that a scene has something behind its captions.</summary>
    public static Task AddColorAsync(this ObsObserver obs, string scene, string name, uint abgr) => obs.AskAsync("CreateInput", new JsonObject
    {
        ["sceneName"] = scene,
        ["inputName"] = name,
        ["inputKind"] = "color_source_v3",
        ["inputSettings"] = new JsonObject { ["color"] = abgr, ["width"] = 1920, ["height"] = 1080 },
    });

    /// <summary>Mutes or unmutes an input.</summary>
    public static Task MuteAsync(this ObsObserver obs, string input, bool muted) =>
        obs.AskAsync("SetInputMute", new JsonObject { ["inputName"] = input, ["inputMuted"] = muted });

    /// <summary>How long a frame of OBS's picture lasts, in seconds: what is set now is seen with the next.</summary>
    public static async Task<double> FrameSecondsAsync(this ObsObserver obs)
    {
        var video = await obs.AskAsync("GetVideoSettings");
        return video.GetProperty("fpsDenominator").GetDouble() / video.GetProperty("fpsNumerator").GetDouble();
    }
}
