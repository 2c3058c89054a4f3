using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>A thousand times on and off a source that speaks, in a real OBS: nothing stays behind.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PluginLeakTests
{
    private const int Warm = 500, Cycles = 1000; // the first hundreds fill the allocators' pools
    private const int Look = 25; // cycles, between which OBS destroys the filters that it has removed: how many wait for that is OBS's affair
    private const long MostGrowth = 15_000_000; // bytes; a tap holds one megabyte and some: 1000 of them would be a thousand

    [Fact]
    public async Task A_thousand_cycles_leave_no_memory_no_thread_and_no_descriptor()
    {
        await using var show = await PluginShow.BeginAsync();
        await show.AddSpeakerAsync("Anne", Show.Brief, filter: false);
        await using var captions = await show.CaptionAsync();
        await CycleAsync(show, Warm);
        var before = Count(show.Harness.ObsId ?? 0) with { Memory = await CycleAsync(show, Cycles) };
        var memory = await CycleAsync(show, Cycles);
        await Wait.UntilAsync(() => Count(show.Harness.ObsId ?? 0).Descriptors <= before.Descriptors + 4, Wait.Generous, "closed connections");
        var after = Count(show.Harness.ObsId ?? 0);
        Assert.InRange(after.Threads, 1, before.Threads + 4); // OBS's own come and go
        Assert.InRange(memory, 0, before.Memory + MostGrowth);

        await show.Obs.AddFilterAsync("Anne");
        Show.AssertSaid(Show.Brief, await show.SayAsync("Anne", Show.Brief));
        await show.Harness.CloseObsAsync();
        var log = Directory.EnumerateFiles(Path.Combine(show.Harness.Home, ".config", "obs-studio", "logs")).Order(StringComparer.Ordinal).Last();
        Assert.DoesNotContain("[broadcast-captions] The sender failed", await File.ReadAllTextAsync(log), StringComparison.Ordinal);
    }

    // The least memory that OBS held meanwhile, in bytes.
    private static async Task<long> CycleAsync(PluginShow show, int times)
    {
        var least = long.MaxValue;
        for (var time = 0; time < times; time++)
        {
            if (time % 100 == 0) await show.Obs.RestartMediaAsync("Anne");
            await show.Obs.AddFilterAsync("Anne");
            await show.Obs.RemoveFilterAsync("Anne");
            if (time % Look != Look - 1) continue;
            await Wait.UntilAsync(async () => await TapsAsync(show) == 0, Wait.Generous, "removed filters to be destroyed");
            least = Math.Min(least, Count(show.Harness.ObsId ?? 0).Memory);
        }
        return least;
    }

    // A tap has a line of its own in the plug-in's status.
    private static async Task<int> TapsAsync(PluginShow show) =>
        (await show.Obs.AskPluginAsync("status")).EnumerateObject().Count(entry => entry.Value.ToString().Contains("blocks=", StringComparison.Ordinal));

    private static (long Memory, int Threads, int Descriptors) Count(int process)
    {
        var status = File.ReadAllLines($"/proc/{process}/status");
        long Number(string name) => long.Parse(status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]);
        return (Number("VmRSS:") * 1024, (int)Number("Threads:"), Directory.EnumerateFiles($"/proc/{process}/fd").Count());
    }
}
