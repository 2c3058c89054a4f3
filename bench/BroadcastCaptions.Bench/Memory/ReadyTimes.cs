using System.Diagnostics;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.Bench.Memory;

/// <summary>How soon the product listens after its start, its model prepared before.</summary>
internal static class ReadyTimes
{
    /// <summary>Seconds from the process's start to the moment at which the tap listens and OBS's text source is there. The look every 20 ms is in it.</summary>
    public static async Task<IReadOnlyList<double>> MeasureAsync(ObsHarness harness, IReadOnlyList<string> arguments, int starts)
    {
        var seconds = new List<double>();
        for (var i = 0; i <= starts; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await using var captions = await CaptionsProgram.StartAsync(harness.Environment, arguments);
            await captions.StateAsync("tap", "ok");
            await captions.StateAsync("obs", "ok");
            if (i > 0) seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds); // the first brings files into memory
            await captions.InterruptAsync();
        }

        return seconds;
    }
}
