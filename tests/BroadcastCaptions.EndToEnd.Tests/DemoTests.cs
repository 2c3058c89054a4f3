using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>The first thing that anybody runs: no OBS, no microphone, no set-up.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_captions_the_bundled_recording()
    {
        using var home = new TemporaryFolder();
        var environment = new Dictionary<string, string?> { ["HOME"] = home.Path, ["XDG_RUNTIME_DIR"] = home.Folder("run") };
        await using var demo = await CaptionsProgram.StartAsync(environment, "demo", "--json");
        await demo.EventAsync("final", final => SpokenWords.Of(final.GetProperty("text").GetString()!).Contains("times"), "the best of times");
        var result = await demo.InterruptAsync();
        Assert.Equal(130, result.Code);
    }
}
