using BroadcastCaptions.Events;
using BroadcastCaptions.Obs.Tests.Fake;
using BroadcastCaptions.Options;

namespace BroadcastCaptions.Obs.Tests;

public class ObsSetupTests
{
    [Fact]
    public async Task Status_changes_nothing_and_setup_makes_what_is_missing()
    {
        await using var obs = await FakeObs.StartAsync("secret", new FakeObsWorld { Scenes = { "Game" } });
        obs.World.AddInput("Mic/Aux", "pulse_input_capture", "usb-mic", muted: true);
        var before = await Setup(obs.Endpoint).StatusAsync(default);
        Assert.Equal([("obs", Health.Ok), ("obs:text", Health.Waiting), ("obs:microphone", Health.Ok)], before.Findings.Select(finding => (finding.Component, finding.Health)));
        Assert.Contains("\"Mic/Aux\" (device usb-mic), muted", before.Findings[2].Detail, StringComparison.Ordinal);
        Assert.Equal(0, obs.World.Count("CreateInput"));

        Assert.True((await Setup(obs.Endpoint).SetupAsync(default)).IsGood);
        obs.World.Change(world => world.Items.Remove(("Game", Rig.Source)));
        var after = await Setup(obs.Endpoint).StatusAsync(default);
        Assert.Contains("is in 1 of 2 scenes", after.Findings[1].Detail, StringComparison.Ordinal);
        Assert.False(after.IsGood);
    }

    [Fact]
    public async Task Says_what_is_wrong_and_how_to_mend_it()
    {
        await using var obs = await FakeObs.StartAsync("right");
        obs.World.AddInput(Rig.Source, "image_source");
        var refused = Assert.Single((await Setup(obs.Endpoint with { Password = "wrong" }).StatusAsync(default)).Findings);
        Assert.Equal(("obs", Health.Failed), (refused.Component, refused.Health));
        Assert.Contains("obs.password", refused.Remedy, StringComparison.Ordinal);

        var taken = (await Setup(obs.Endpoint).SetupAsync(default)).Findings[1];
        Assert.Equal(Health.Failed, taken.Health);
        Assert.Contains("obs.source", taken.Remedy, StringComparison.Ordinal);

        var nobody = Assert.Single((await Setup(new ObsEndpoint("127.0.0.1", 1, null)).SetupAsync(default)).Findings);
        Assert.Equal(Health.Waiting, nobody.Health);
    }

    [Fact]
    public async Task No_microphone_where_OBS_cannot_be_asked() =>
        Assert.Null(await Setup(new ObsEndpoint("127.0.0.1", 1, null)).FindMicrophoneAsync(default));

    private static ObsSetup Setup(ObsEndpoint endpoint) => new(
        new ObsOptions { Host = endpoint.Host, Port = endpoint.Port, Password = endpoint.Password }, new DisplayOptions(), TimeProvider.System);
}
