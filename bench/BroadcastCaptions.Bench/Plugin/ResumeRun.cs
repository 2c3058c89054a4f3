using BroadcastCaptions.TestKit.Measurement;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.Bench.Plugin;

/// <summary>A captioner that is killed, stopped, absent: OBS goes on meanwhile, and captions come soon after it is back.</summary>
internal static class ResumeRun
{
    private const int Times = 3;
    private static readonly TimeSpan Stopped = TimeSpan.FromSeconds(30);

    /// <summary>Measures from the captioner's return.</summary>
    public static async Task MeasureAsync(PluginRig rig, double seconds)
    {
        await rig.AddTapsAsync();
        var captions = await rig.CaptionAsync();
        for (var time = 0; time < Times; time++)
        {
            captions.Send(PosixSignalNumber.Kill);
            await captions.DisposeAsync();
            var (absent, since) = (await ObsHealth.LookAsync(rig), MonitorRecording.Now);
            await Task.Delay(TimeSpan.FromSeconds(5));
            Console.WriteLine($"captioner killed and absent for {MonitorRecording.Now - since:0.0} s: {await ObsHealth.LookAsync(rig) - absent}");
            captions = await CaptionsProgram.StartAsync(rig.Harness.Environment, "live", "--tap", "obs", "--json");
            await captions.EventAsync("state", e => e.GetProperty("component").GetString() == "plugin", "the bridge");
            await ReportAsync(rig, captions, "it listens again", MonitorRecording.Now, 0);
        }

        captions.Send(PosixSignalNumber.Stop);
        var (stopped, at) = (await ObsHealth.LookAsync(rig), MonitorRecording.Now);
        await Task.Delay(Stopped);
        Console.WriteLine($"captioner stopped for {MonitorRecording.Now - at:0.0} s: {await ObsHealth.LookAsync(rig) - stopped}");
        var before = captions.Of("partial").Count();
        captions.Send(PosixSignalNumber.Continue);
        await ReportAsync(rig, captions, "it goes on", MonitorRecording.Now, before);
        await captions.DisposeAsync();
    }

    private static async Task ReportAsync(PluginRig rig, CaptionsProcess captions, string what, double back, int before)
    {
        foreach (var source in new[] { PluginRig.First, PluginRig.Second, "Track 1" })
            await Wait.UntilAsync(async () => (await rig.StatusAsync(source)).Contains("connected=True", StringComparison.Ordinal), Wait.Generous, "the connection");
        var connected = MonitorRecording.Now - back;
        await Wait.UntilAsync(() => captions.Of("partial").Count() > before, Wait.Generous, "words");
        Console.WriteLine($"{what} → all taps are connected: {connected * 1000:0} ms; → the first words: {(MonitorRecording.Now - back) * 1000:0} ms");
    }
}
