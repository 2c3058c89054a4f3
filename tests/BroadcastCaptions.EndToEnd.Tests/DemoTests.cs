using System.Globalization;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>The first thing that anybody runs: no OBS, no microphone, no set-up.</summary>
[Collection(Alone.Name)]
public sealed class DemoTests
{
    private const int SpareTime = 5; // SCHED_IDLE
    private const int UserTime = 11, Policy = 38; // fields behind the name in brackets; man 5 proc

    [Fact]
    public async Task The_demo_captions_the_bundled_recording_and_leaves_the_cores_to_others()
    {
        using var home = new TemporaryFolder();
        var environment = new Dictionary<string, string?> { ["HOME"] = home.Path, ["XDG_RUNTIME_DIR"] = home.Folder("run") };
        await using var demo = await CaptionsProgram.StartAsync(environment, "demo", "--json");
        await demo.EventAsync("final", final => SpokenWords.Of(final.GetProperty("text").GetString()!).Contains("times"), "the best of times");
        if (OperatingSystem.IsLinux()) Assert.Equal((SpareTime, true), Yielding(demo.Id));
        var result = await demo.InterruptAsync();
        Assert.Equal(130, result.Code);
    }

    /// <summary>How the thread that recognises is scheduled, and whether it has worked.</summary>
    private static (int Policy, bool HasWorked) Yielding(int process)
    {
        var stat = Directory.EnumerateDirectories($"/proc/{process}/task").Select(task => File.ReadAllText(Path.Combine(task, "stat"))).Single(stat => stat.Contains("(captions-yield)", StringComparison.Ordinal));
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (int.Parse(fields[Policy], CultureInfo.InvariantCulture), fields[UserTime] != "0");
    }
}
