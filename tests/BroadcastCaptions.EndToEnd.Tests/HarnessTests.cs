using BroadcastCaptions.TestKit.Obs;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>The ground that the other tests stand on: a real OBS comes, goes by its window, comes again, dies, comes again.</summary>
[Trait("Category", "EndToEnd")]
public sealed class HarnessTests
{
    [Fact]
    public async Task A_real_OBS_starts_closes_and_starts_again()
    {
        await using var harness = await ObsHarness.StartAsync(startObs: false);
        harness.Settings = harness.Settings with { ServerEnabled = false };
        await harness.StartObsAsync();
        await harness.CloseObsAsync();
        harness.Settings = harness.Settings with { ServerEnabled = true };
        await harness.StartObsAsync();
        await using (var obs = await harness.ObserveAsync())
        {
            var scene = Assert.Single(await obs.ScenesAsync());
            await obs.AddColorAsync(scene, "ground", 0xFFFFFFFF);
            Assert.InRange(await obs.FrameSecondsAsync(), 0.016, 0.1);
            Assert.Null(await obs.TextAsync("nothing of that name"));
        }

        await harness.KillObsAsync();
        await harness.StartObsAsync();
        await using var again = await harness.ObserveAsync();
        Assert.NotEmpty(await again.ScenesAsync());
    }
}
