using BroadcastCaptions.Audio.PlugIns;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Bench.Plugin;

/// <summary>What each block costs on OBS's audio threads, by the plug-in's own meters: idle, beside the captioner, under x264.</summary>
internal static class CostRun
{
    /// <summary>Measures each load with fresh taps.</summary>
    public static async Task MeasureAsync(PluginRig rig, double seconds)
    {
        await using (var reader = Reader.Start(rig)) await PhaseAsync(rig, "machine idle, what is tapped is read and thrown away", seconds);
        await using var captions = await rig.CaptionFirstAsync();
        await rig.Obs.RemoveFilterAsync(PluginRig.First);
        await PhaseAsync(rig, "beside the captioner", seconds);
        await rig.Obs.AskAsync("StartRecord");
        await PhaseAsync(rig, "beside the captioner, OBS recording with x264", seconds);
        await rig.Obs.AskAsync("StopRecord");
    }

    private static async Task PhaseAsync(PluginRig rig, string name, double seconds)
    {
        await rig.AddTapsAsync();
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        Console.WriteLine($"cost of a block in µs, {name}, {seconds:0} s; {await ObsHealth.LookAsync(rig)}");
        foreach (var (what, source) in new[] { ("filter", PluginRig.First), ("filter", PluginRig.Second), ("track ", "Track 1") })
            Console.WriteLine($"  {what} {await rig.StatusAsync(source)}");
        await rig.RemoveTapsAsync();
    }

    /// <summary>A peer of the plug-in that costs next to nothing.</summary>
    private sealed class Reader : IAsyncDisposable
    {
        private readonly PlugInServer _server;
        private readonly List<Audio.IAudioTap> _taps = [];
        private readonly Lock _lock = new();
        private readonly Timer _timer;

        private Reader(string folder)
        {
            _server = new PlugInServer(new MediaClock(TimeProvider.System), tap => { lock (_lock) _taps.Add(tap); }, _ => { }, _ => { });
            _server.Start(Bridge.Places.UnixPlace.SocketIn(folder));
            _timer = new Timer(_ => Read(), null, 50, 50);
        }

        public static Reader Start(PluginRig rig) => new(Path.Combine(rig.Harness.Environment["XDG_RUNTIME_DIR"]!, "broadcast-captions"));

        public async ValueTask DisposeAsync()
        {
            await _timer.DisposeAsync();
            await _server.DisposeAsync();
        }

        private void Read()
        {
            lock (_lock)
                foreach (var tap in _taps)
                    while (tap.TryRead(out _))
                    {
                        // Thrown away.
                    }
        }
    }
}
