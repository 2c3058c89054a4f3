using System.Text.Json.Nodes;
using BroadcastCaptions.Control;
using BroadcastCaptions.Events;
using BroadcastCaptions.Obs.Tests.Fake;
using BroadcastCaptions.Options;

namespace BroadcastCaptions.Obs.Tests;

public class ObsOnAirWatcherTests
{
    private static readonly ObservedTap Mic = new("mic", new HashSet<string> { "usb-mic", ObservedTap.Default });

    [Fact]
    public async Task Follows_the_mute_of_the_input_that_captures_the_same_device()
    {
        await using var obs = await WithMicAsync(muted: true);
        await using var rig = new Rig(() => obs.Endpoint, Mic);
        await rig.Session.Settled;
        Assert.Equal(("mic", false, "muted in OBS"), Last(rig));

        var before = rig.Clock.Now;
        Mute(obs, "Mic/Aux", false);
        await OnAirAsync(rig, true);
        Assert.True(((OnAirChanged)rig.OnAir.Last!).At >= before);
        Mute(obs, "Mic/Aux", true);
        await OnAirAsync(rig, false);
        await rig.StateAsync("on-air:mic", Health.Ok, "\"Mic/Aux\" is muted");
    }

    [Fact]
    public async Task A_tap_that_OBS_does_not_capture_is_on_air()
    {
        await using var obs = await WithMicAsync(muted: true);
        await using var rig = new Rig(() => obs.Endpoint, new ObservedTap("other", new HashSet<string> { "alsa_input.pci" }));
        await rig.StateAsync("on-air:other", Health.Ok, "Always on air");
        Assert.Empty(rig.OnAir.All);
    }

    [Fact]
    public async Task Always_unbinds()
    {
        await using var obs = await WithMicAsync(muted: true);
        await using var rig = new Rig(new ObsOptions { Always = true }, () => obs.Endpoint, Mic);
        await rig.Session.Settled;
        Mute(obs, "Mic/Aux", true);
        obs.DropAll();
        await rig.StateAsync("obs", Health.Waiting, "");
        Assert.Empty(rig.OnAir.All);
    }

    [Fact]
    public async Task On_air_while_any_of_several_inputs_is_unmuted()
    {
        await using var obs = await WithMicAsync(muted: true);
        obs.World.AddInput("Second mic", "pulse_input_capture", "usb-mic");
        await using var rig = new Rig(() => obs.Endpoint, Mic);
        await rig.Session.Settled;
        Assert.Empty(rig.OnAir.All);
        Mute(obs, "Second mic", true);
        await OnAirAsync(rig, false);
        Mute(obs, "Mic/Aux", false);
        await OnAirAsync(rig, true);
    }

    [Fact]
    public async Task Off_air_while_OBS_once_there_cannot_be_asked()
    {
        await using var obs = await WithMicAsync(muted: false);
        await using var rig = new Rig(() => obs.Endpoint, Mic);
        await rig.Session.Settled;
        Assert.Empty(rig.OnAir.All);
        obs.DropAll();
        await OnAirAsync(rig, false);
        Assert.Equal("OBS cannot be asked", Last(rig).Why);
        await OnAirAsync(rig, true); // it is back, and was asked
    }

    [Fact]
    public async Task Before_OBS_was_ever_there_a_tap_is_on_air()
    {
        await using var rig = new Rig(() => new ObsEndpoint("127.0.0.1", 1, null), Mic);
        await rig.Session.Settled;
        Assert.Empty(rig.OnAir.All);
    }

    [Fact]
    public async Task Binds_anew_when_inputs_come_go_or_change_their_device()
    {
        await using var obs = await WithMicAsync(muted: true);
        obs.World.Change(world => world.Inputs.Clear());
        await using var rig = new Rig(() => obs.Endpoint, Mic);
        await rig.Session.Settled;
        Assert.Empty(rig.OnAir.All);

        obs.World.AddInput("Late", "pulse_input_capture", "usb-mic", muted: true);
        obs.Emit("InputCreated", new JsonObject { ["inputName"] = "Late" });
        await OnAirAsync(rig, false);
        obs.World.Change(world => world.Inputs["Late"].Settings["device_id"] = "another");
        obs.Emit("InputSettingsChanged", new JsonObject { ["inputName"] = "Late" });
        await OnAirAsync(rig, true);
    }

    [Theory]
    [InlineData("CurrentSceneCollectionChanging")]
    [InlineData("ExitStarted")]
    public async Task Inputs_that_OBS_removes_to_load_others_or_to_close_do_not_put_a_tap_on_air(string begins)
    {
        await using var obs = await WithMicAsync(muted: true);
        await using var rig = new Rig(() => obs.Endpoint, Mic);
        await rig.Session.Settled;
        obs.Emit(begins);
        obs.World.Change(world => world.Inputs.Clear());
        obs.Emit("InputRemoved", new JsonObject { ["inputName"] = "Mic/Aux" });
        obs.DropAll();
        await rig.StateAsync("obs", Health.Waiting, "");
        Assert.Equal([("mic", false)], rig.OnAir.All.Cast<OnAirChanged>().Select(change => (change.Source, change.OnAir)));
    }

    [Fact]
    public async Task A_closing_OBS_removes_its_inputs_before_it_says_so()
    {
        await using var obs = await WithMicAsync(muted: false);
        await using var rig = new Rig(() => obs.Endpoint, Mic);
        await rig.Session.Settled;
        obs.World.Change(world => world.Inputs.Clear());
        obs.Emit("InputRemoved", new JsonObject { ["inputName"] = "Mic/Aux" });
        await OnAirAsync(rig, false);
        obs.Emit("ExitStarted");
        obs.DropAll();
        await rig.StateAsync("obs", Health.Waiting, "");
        Assert.Equal([("mic", false)], rig.OnAir.All.Cast<OnAirChanged>().Select(change => (change.Source, change.OnAir)));
    }

    [Fact]
    public async Task An_input_that_the_user_removed_unbinds_the_tap()
    {
        await using var obs = await WithMicAsync(muted: true);
        await using var rig = new Rig(() => obs.Endpoint, Mic);
        await rig.Session.Settled;
        obs.World.Change(world => world.Inputs.Clear());
        obs.Emit("InputRemoved", new JsonObject { ["inputName"] = "Mic/Aux" });
        await OnAirAsync(rig, true);
        await rig.StateAsync("on-air:mic", Health.Ok, "Always on air");
    }

    [Fact]
    public async Task An_OBS_that_cannot_say_does_not_put_a_tap_on_air()
    {
        await using var obs = await WithMicAsync(muted: true);
        await using var rig = new Rig(() => obs.Endpoint, Mic);
        await rig.Session.Settled;
        var refused = 0;
        obs.Intercept = (type, _) => Task.FromResult(type == "GetInputMute" && ++refused > 0 ? FakeAnswer.NotReady : null);
        obs.Emit("InputCreated", new JsonObject { ["inputName"] = "x" });
        await Eventually.TrueAsync(() => refused > 0, "a question");
        await rig.StateAsync("obs:on-air", Health.Degraded, "207");
        Assert.Equal([("mic", false)], rig.OnAir.All.Cast<OnAirChanged>().Select(change => (change.Source, change.OnAir)));
    }

    [Fact]
    public async Task Finds_the_microphone_that_OBS_uses()
    {
        await using var obs = await FakeObs.StartAsync();
        obs.World.AddInput("Desktop", "pulse_output_capture");
        obs.World.AddInput("Music", "pulse_input_capture", "broadcast.monitor");
        await using var client = await ObsClient.ConnectAsync(obs.Endpoint, ObsEvents.None, TimeProvider.System, default);
        Assert.Null(await ObsOnAirWatcher.GetMicrophoneAsync(client, default)); // never what is played
        obs.World.AddInput("In a scene", "pulse_input_capture", "usb-mic");
        Assert.Equal("usb-mic", (await ObsOnAirWatcher.GetMicrophoneAsync(client, default))?.Device);
        obs.World.AddInput("Mic/Aux", "pulse_input_capture");
        obs.World.Change(world => world.SpecialInputs["mic2"] = "Mic/Aux");
        Assert.Equal(ObservedTap.Default, (await ObsOnAirWatcher.GetMicrophoneAsync(client, default))?.Device);
    }

    private static async Task<FakeObs> WithMicAsync(bool muted)
    {
        var world = new FakeObsWorld();
        world.AddInput("Mic/Aux", "pulse_input_capture", muted: muted);
        return await FakeObs.StartAsync(world: world);
    }

    private static void Mute(FakeObs obs, string input, bool muted)
    {
        obs.World.Change(world => world.Inputs[input].Muted = muted);
        obs.Emit("InputMuteStateChanged", new JsonObject { ["inputName"] = input, ["inputMuted"] = muted });
    }

    private static Task OnAirAsync(Rig rig, bool onAir) => Eventually.TrueAsync(
        () => rig.OnAir.Last is OnAirChanged last && last.OnAir == onAir, onAir ? "on air" : "off air");

    private static (string Source, bool OnAir, string Why) Last(Rig rig)
    {
        var last = Assert.IsType<OnAirChanged>(rig.OnAir.Last);
        return (last.Source, last.OnAir, last.Why);
    }
}
