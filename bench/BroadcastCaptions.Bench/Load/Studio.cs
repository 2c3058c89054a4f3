using System.Text.Json.Nodes;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Load;

/// <summary>A real OBS that shows a moving picture and records it: 1280 × 720 at 30 frames a second, x264 at its fastest preset.</summary>
internal sealed class Studio : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly ObsObserver _obs;

    private Studio(ObsHarness harness, TemporaryFolder folder, ObsObserver obs) => (Harness, _folder, _obs) = (harness, folder, obs);

    /// <summary>OBS and its sound.</summary>
    public ObsHarness Harness { get; }

    /// <summary>Starts OBS, and the recording.</summary>
    public static async Task<Studio> StartAsync()
    {
        var folder = new TemporaryFolder();
        var harness = await ObsHarness.StartAsync(startObs: false);
        harness.Settings = harness.Settings with { Profile = Profile(folder.Folder("recorded")) };
        await harness.StartObsAsync();
        var studio = new Studio(harness, folder, await harness.ObserveAsync());
        await studio.ShowAsync(await ClipAsync(folder["clip.mp4"]));
        await studio._obs.AskAsync("StartRecord");
        await Wait.UntilAsync(async () => (await studio._obs.AskAsync("GetRecordStatus")).GetProperty("outputBytes").GetInt64() > 0, Wait.Generous, "the recording's first bytes");
        return studio;
    }

    /// <summary>What OBS says of its frames now.</summary>
    public Task<FrameCounts> FramesAsync() => FrameCounts.AskAsync(_obs);

    /// <summary>Seconds of processor time that OBS has used.</summary>
    public double Processor => ProcessorTime.Of(Harness.ObsId!.Value);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _obs.DisposeAsync();
        await Harness.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>"x264_lowcpu" is OBS's name for preset ultrafast.</summary>
    private static string Profile(string recorded) => $"""
        [General]
        Name=Untitled

        [Output]
        Mode=Simple

        [SimpleOutput]
        FilePath={recorded}
        RecFormat=mkv
        RecQuality=Small
        RecEncoder=x264_lowcpu

        [Video]
        BaseCX=1280
        BaseCY=720
        OutputCX=1280
        OutputCY=720
        FPSType=0
        FPSCommon=30

        """;

    /// <summary>Ten seconds of a picture in which everything moves.</summary>
    private static async Task<string> ClipAsync(string path)
    {
        await using var ffmpeg = await GuardedProcess.StartAsync(
        [
            "ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=30:duration=10",
            "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", path,
        ]);
        if (await ffmpeg.Exited != 0) throw new InvalidOperationException($"FFmpeg: {await ffmpeg.Errors.ReadAsync()}");
        return path;
    }

    private async Task ShowAsync(string clip) => await _obs.AskAsync("CreateInput", new JsonObject
    {
        ["sceneName"] = await _obs.CurrentSceneAsync(),
        ["inputName"] = "clip",
        ["inputKind"] = "ffmpeg_source",
        ["inputSettings"] = new JsonObject { ["local_file"] = clip, ["looping"] = true },
    });
}
