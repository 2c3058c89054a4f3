using System.Text.Json.Nodes;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Measurement;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.Bench.Plugin;

/// <summary>An OBS with the plug-in, in which two media sources speak without end.</summary>
internal sealed class PluginRig : IAsyncDisposable
{
    /// <summary>The media sources, each with a filter where <see cref="AddTapsAsync"/> was called.</summary>
    public const string First = "Anne", Second = "Bob";

    /// <summary>The input that taps output track 1.</summary>
    public const string Track = "Output";

    private const string Filter = "Captions", Text = "BroadcastCaptions";

    private PluginRig(ObsHarness harness, ObsObserver obs, string scene) => (Harness, Obs, Scene) = (harness, obs, scene);

    /// <summary>The OBS.</summary>
    public ObsHarness Harness { get; }

    /// <summary>A connection to it.</summary>
    public ObsObserver Obs { get; private set; }

    private string Scene { get; }

    /// <summary>Starts it; nothing is tapped yet.</summary>
    public static async Task<PluginRig> StartAsync()
    {
        var harness = await ObsHarness.StartAsync(startObs: false);
        ObsPlugin.Install(harness);
        await harness.StartObsAsync();
        var obs = await harness.ObserveAsync();
        await obs.RemoveAudioInputsAsync();
        var rig = new PluginRig(harness, obs, await obs.CurrentSceneAsync());
        await rig.SpeakAsync(First, "ps_librivox_0870.wav");
        await rig.SpeakAsync(Second, "lj_LJ001-0008.wav");
        return rig;
    }

    /// <summary>Fresh taps: a filter on each speaker, and an output track.</summary>
    public async Task AddTapsAsync()
    {
        await Obs.AddFilterAsync(First, Filter);
        await Obs.AddFilterAsync(Second, Filter);
        await Obs.AskAsync("CreateInput", new JsonObject { ["sceneName"] = Scene, ["inputName"] = Track, ["inputKind"] = ObsPlugin.Track });
    }

    /// <summary>Takes them away.</summary>
    public async Task RemoveTapsAsync()
    {
        await Obs.RemoveFilterAsync(First, Filter);
        await Obs.RemoveFilterAsync(Second, Filter);
        await Obs.AskAsync("RemoveInput", new JsonObject { ["inputName"] = Track });
        await Task.Delay(TimeSpan.FromSeconds(1));
    }

    /// <summary>Only the first speaker, with a filter; and a captioner that captions it in OBS.</summary>
    public async Task<CaptionsProcess> CaptionFirstAsync()
    {
        await Obs.AddFilterAsync(First, Filter);
        return await CaptionAsync();
    }

    /// <summary>Starts a captioner, and waits until it captions in OBS.</summary>
    public async Task<CaptionsProcess> CaptionAsync()
    {
        var captions = await CaptionsProgram.StartAsync(Harness.Environment, "live", "--tap", "obs", "--json");
        await captions.StateAsync("obs:text", "ok");
        await captions.EventAsync("partial");
        return captions;
    }

    /// <summary>Nobody speaks but who is heard by a microphone, with a filter.</summary>
    public async Task ListenAsync(string name, string device)
    {
        foreach (var speaker in new[] { First, Second }) await Obs.AskAsync("RemoveInput", new JsonObject { ["inputName"] = speaker });
        await Obs.AddMicrophoneAsync(Scene, name, device);
        await Obs.AddFilterAsync(name, Filter);
    }

    /// <summary>The first speaker is heard only while a key is pressed. OBS is started anew.</summary>
    public async Task PushToTalkAsync(string key)
    {
        await Obs.DisposeAsync();
        await Harness.CloseObsAsync();
        await SourceKeys.BindAsync(Harness, First, new Dictionary<string, string> { [SourceKeys.PushToTalk] = key });
        await Harness.StartObsAsync();
        Obs = await Harness.ObserveAsync();
    }

    /// <summary>What the plug-in says of its taps.</summary>
    public async Task<string> StatusAsync(string source) =>
        (await Obs.AskPluginAsync("status")).TryGetProperty(source, out var status) ? status.GetString()! : "";

    /// <summary>Watches the captions in OBS.</summary>
    public async Task<ScreenWatch> WatchAsync() => new(await Harness.ObserveAsync(), Text);

    /// <summary>Waits until the captions in OBS have some words.</summary>
    public static Task WordsAsync(ScreenWatch watch, int words = 4) =>
        Wait.UntilAsync(() => SpokenWords.Of(watch.Current).Count >= words, Wait.Generous, "words on screen");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Obs.DisposeAsync();
        await Harness.DisposeAsync();
    }

    // At OBS's own rate, in stereo, as most media come.
    private async Task SpeakAsync(string name, string file)
    {
        var wav = Path.Combine(Harness.Home, $"{name}.wav");
        var from = SpeechSet.Kept.Single(kept => kept.Name == file).Path;
        await using (var ffmpeg = await GuardedProcess.StartAsync(["ffmpeg", "-v", "error", "-nostdin", "-y", "-i", from, "-ac", "2", "-ar", "48000", wav]))
            if (await ffmpeg.Exited != 0) throw new InvalidOperationException($"FFmpeg cannot read {from}.");
        await Obs.AddMediaAsync(Scene, name, wav, loop: true);
    }
}
