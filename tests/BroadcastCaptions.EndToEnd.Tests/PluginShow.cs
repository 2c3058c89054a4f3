using System.Diagnostics;
using System.Text.Json.Nodes;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Measurement;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>A show in which OBS carries the plug-in: media sources speak, and a captioner listens to the taps.</summary>
public sealed class PluginShow : IAsyncDisposable
{
    /// <summary>Silence before what a speaker says, in seconds.</summary>
    public const double Lead = 0.5;

    private const double Tail = 3; // s

    private PluginShow(ObsHarness harness, ObsObserver obs, string scene) => (Harness, Obs, Scene) = (harness, obs, scene);

    /// <summary>The OBS.</summary>
    public ObsHarness Harness { get; }

    /// <summary>A look into it.</summary>
    public ObsObserver Obs { get; private set; }

    /// <summary>The scene on air.</summary>
    public string Scene { get; }

    /// <summary>Starts OBS with the plug-in in its folder.</summary>
    /// <param name="install">How the plug-in comes there; null: by a plain copy.</param>
    public static async Task<PluginShow> BeginAsync(Func<ObsHarness, Task>? install = null)
    {
        var harness = await ObsHarness.StartAsync(startObs: false);
        if (install is null) ObsPlugin.Install(harness);
        else await install(harness);
        await harness.StartObsAsync();
        var obs = await harness.ObserveAsync();
        return new PluginShow(harness, obs, await obs.CurrentSceneAsync());
    }

    /// <summary>Looks into OBS again, after it was restarted.</summary>
    public async Task ReconnectAsync()
    {
        await Obs.DisposeAsync();
        Obs = await Harness.ObserveAsync();
    }

    /// <summary>A media source that says a file, with our filter on it; silent until it is told to speak.</summary>
    public async Task AddSpeakerAsync(string name, SpeechFile file, bool filter = true, string? scene = null)
    {
        var wav = Path.Combine(Harness.Home, $"{name}.wav");
        await Ffmpeg.ToWavAsync(file.Path, wav, Lead);
        await Obs.AddMediaAsync(scene ?? Scene, name, wav);
        if (filter) await Obs.AddFilterAsync(name);
    }

    /// <summary>Starts a captioner that listens to the plug-in, and waits until it is in OBS.</summary>
    public async Task<CaptionsProcess> CaptionAsync(params IReadOnlyList<string> more)
    {
        var captions = await CaptionsProgram.StartAsync(Harness.Environment, ["live", "--tap", "obs", "--json", .. more]);
        await captions.StateAsync("obs:text", "ok");
        await captions.EventAsync("state", e => e.GetProperty("component").GetString() == "plugin", "the bridge");
        await Task.Delay(TimeSpan.FromSeconds(1)); // the plug-in tries four times a second
        return captions;
    }

    /// <summary>An input that taps an output track.</summary>
    public Task AddTrackAsync(string name, int track = 1) => Obs.AskAsync("CreateInput", new JsonObject
    {
        ["sceneName"] = Scene,
        ["inputName"] = name,
        ["inputKind"] = ObsPlugin.Track,
        ["inputSettings"] = new JsonObject { ["track"] = track },
    });

    /// <summary>What the plug-in says of one of its taps.</summary>
    public async Task<string> PluginStatusAsync(string source) =>
        (await Obs.AskPluginAsync("status")).TryGetProperty(source, out var status) ? status.GetString()! : "";

    /// <summary>Waits until the captioner that OBS started listens, and is in OBS.</summary>
    public async Task CaptionerAsync()
    {
        var socket = Path.Combine(Harness.Sound.Environment["XDG_RUNTIME_DIR"]!, "broadcast-captions", "bridge.sock");
        await Wait.UntilAsync(() => CaptionerId is not null && Path.Exists(socket), Wait.Generous, "the captioner's socket");
        await Wait.UntilAsync(async () => await Obs.TextAsync(Show.Captions) is "", Wait.Generous, "the caption source");
        await Task.Delay(TimeSpan.FromSeconds(2));
    }

    /// <summary>The process that OBS started; null while there is none.</summary>
    public int? CaptionerId => Process.GetProcesses().Where(process => IsOurs(process.Id)).Select(process => (int?)process.Id).FirstOrDefault();

    private bool IsOurs(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Contains("--until-input-ends", StringComparison.Ordinal)
                && File.ReadAllText($"/proc/{id}/environ").Contains(Harness.Home, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Sets something of the source "Anne", the one on which tests turn every knob.</summary>
    public Task SetAsync(string request, string field, JsonNode value) => Obs.AskAsync(request, new JsonObject { ["inputName"] = "Anne", [field] = value });

    /// <summary>Shows or hides a source in the scene, or in another.</summary>
    public async Task ShowAsync(string source, bool visible, string? scene = null)
    {
        scene ??= Scene;
        var item = await Obs.AskAsync("GetSceneItemId", new JsonObject { ["sceneName"] = scene, ["sourceName"] = source });
        await Obs.AskAsync("SetSceneItemEnabled", new JsonObject
        {
            ["sceneName"] = scene,
            ["sceneItemId"] = item.GetProperty("sceneItemId").GetInt32(),
            ["sceneItemEnabled"] = visible,
        });
    }

    /// <summary>Sets something of our filter.</summary>
    public Task SetFilterAsync(string source, string setting, JsonNode value) => Obs.AskAsync(
        "SetSourceFilterSettings", new JsonObject { ["sourceName"] = source, ["filterName"] = "Captions", ["filterSettings"] = new JsonObject { [setting] = value } });

    /// <summary>Switches our filter's eye on or off.</summary>
    public Task EnableFilterAsync(string source, bool enabled) => Obs.AskAsync(
        "SetSourceFilterEnabled", new JsonObject { ["sourceName"] = source, ["filterName"] = "Captions", ["filterEnabled"] = enabled });

    /// <summary>Plays a source from its start, and gives the words that OBS showed, until some seconds after its end.</summary>
    public async Task<IReadOnlyList<string>> SayAsync(string name, SpeechFile file, Func<Task>? meanwhile = null)
    {
        var seen = await WatchAsync(name, file, meanwhile);
        var shown = ScreenHistory.Unroll(seen.Select(text => new ShownText(text.At, SpokenWords.Of(text.Text))));
        return shown.Count > 0 ? shown[^1].Words : [];
    }

    /// <summary>Plays a source from its start, and gives every text that OBS showed, joined.</summary>
    public async Task<string> TextsAsync(string name, SpeechFile file) =>
        string.Join("\n\n", (await WatchAsync(name, file, null)).Select(seen => seen.Text));

    private async Task<IReadOnlyList<(double At, string Text)>> WatchAsync(string name, SpeechFile file, Func<Task>? meanwhile)
    {
        await using var looker = await Harness.ObserveAsync();
        await Wait.UntilAsync(async () => string.IsNullOrWhiteSpace(await looker.TextAsync(Show.Captions)), Wait.Generous, "what was said before to leave the screen");
        await using var watch = new ScreenWatch(looker, Show.Captions);
        await Obs.RestartMediaAsync(name);
        var end = DateTime.UtcNow + TimeSpan.FromSeconds(file.Seconds + Lead + Tail);
        if (meanwhile is not null) await meanwhile();
        if (end > DateTime.UtcNow) await Task.Delay(end - DateTime.UtcNow);
        return watch.Seen;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Obs.DisposeAsync();
        await Harness.DisposeAsync();
    }
}
