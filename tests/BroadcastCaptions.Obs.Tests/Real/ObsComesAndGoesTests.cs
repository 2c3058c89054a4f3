using System.Text.Json.Nodes;
using BroadcastCaptions.Control;
using BroadcastCaptions.Events;
using BroadcastCaptions.Obs.Tests.Fake;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Obs.Tests.Real;

/// <summary>A real OBS that is muted, closed, killed and started again while captions go on.</summary>
public class ObsComesAndGoesTests
{
    private const string Source = "Captions";
    private const string Mic = "My microphone";

    [Fact]
    public async Task Captions_resume_and_a_bound_tap_stays_off_air_while_OBS_is_away()
    {
        await using var harness = await ObsHarness.StartAsync();
        await using (var obs = await harness.ObserveAsync())
            await obs.AddMicrophoneAsync(await obs.CurrentSceneAsync(), Mic, SoundServer.Sink + ".monitor");
        await using var rig = new Rig(
            new Options.ObsOptions { Source = Source },
            () => new ObsEndpoint("127.0.0.1", harness.Settings.Port, harness.Settings.Password),
            new ObservedTap("mic", new HashSet<string> { SoundServer.Sink + ".monitor" }));
        await rig.StateAsync("on-air:mic", Health.Ok, "\"My microphone\" is on air");
        await rig.StateAsync("obs:text", Health.Ok, "Captions are in");

        await MuteAsync(harness, true);
        await OnAirAsync(rig, false);
        await MuteAsync(harness, false);
        await OnAirAsync(rig, true);

        await harness.CloseObsAsync();
        await OnAirAsync(rig, false);
        await rig.SayAsync("said while OBS was closed");
        Assert.DoesNotContain(rig.OnAir.All.Cast<OnAirChanged>().Skip(3), change => change.OnAir); // its closing must not look like an unbinding

        await harness.StartObsAsync();
        await ShowsAsync(harness, "said while OBS was closed\n ");
        await OnAirAsync(rig, true);

        await harness.KillObsAsync();
        await OnAirAsync(rig, false);
        await rig.SayAsync("said while OBS was dead");
        await harness.StartObsAsync();
        await ShowsAsync(harness, "said while OBS was dead\n ");
    }

    private static async Task MuteAsync(ObsHarness harness, bool muted)
    {
        await using var obs = await harness.ObserveAsync();
        await obs.AskAsync("SetInputMute", new JsonObject { ["inputName"] = Mic, ["inputMuted"] = muted });
    }

    private static async Task ShowsAsync(ObsHarness harness, string text)
    {
        await using var obs = await harness.ObserveAsync();
        await RealObs.ShowsAsync(obs, Source, text);
        Assert.Single(await obs.ItemsAsync(await obs.CurrentSceneAsync()), name => name.StartsWith(Source, StringComparison.Ordinal));
    }

    private static Task OnAirAsync(Rig rig, bool onAir) => Eventually.TrueAsync(
        () => rig.OnAir.Last is OnAirChanged last && last.OnAir == onAir, $"{(onAir ? "on" : "off")} air; {string.Join(", ", rig.OnAir.All)}");
}
