using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>A show goes on, whatever OBS does; captions come back by themselves.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ObsComesAndGoesTests
{
    [Fact]
    public async Task Killed_and_restarted_midway_captions_resume()
    {
        await using var show = await Show.BeginAsync();
        await using var captions = await show.CaptionInObsAsync();
        Show.AssertSaid(Show.Brief, (await show.PlayAsync(Show.Brief)).Words);
        await show.Obs.KillObsAsync();
        await captions.StateAsync("obs", "waiting");
        var finals = captions.Of("final").Count();
        await show.Obs.Sound.PlayAsync(Show.Brief.Path);
        await Wait.UntilAsync(() => captions.Of("final").Count() > finals, Wait.Generous, "finals without OBS");
        await TimedOutAsync(captions);
        await show.Obs.StartObsAsync();
        await BackAsync(show);
        Show.AssertSaid(Show.Brief, (await show.PlayAsync(Show.Brief)).Words);
        Assert.Equal(130, (await captions.InterruptAsync()).Code);
    }

    [Fact]
    public async Task Started_late_and_closed_by_its_window_it_is_followed()
    {
        await using var show = await Show.BeginAsync(startObs: false);
        await using var captions = await show.CaptionAsync();
        await captions.StateAsync("obs", "waiting");
        await show.Obs.StartObsAsync();
        await BackAsync(show);
        Show.AssertSaid(Show.Brief, (await show.PlayAsync(Show.Brief)).Words);
        await TimedOutAsync(captions);
        await show.Obs.CloseObsAsync();
        await show.Obs.StartObsAsync();
        await BackAsync(show);
        Show.AssertSaid(Show.Brief, (await show.PlayAsync(Show.Brief)).Words);
    }

    [Fact]
    public async Task Without_any_OBS_the_words_come_on_standard_output()
    {
        await using var show = await Show.BeginAsync(startObs: false);
        await using var captions = await show.CaptionAsync();
        await show.Obs.Sound.PlayAsync(Show.Brief.Path);
        await captions.EventAsync("final");
        var result = await captions.InterruptAsync();
        Assert.Equal(130, result.Code);
        Show.AssertSaid(Show.Brief, Measure.SpokenWords.Of(result.FinalText));
    }

    /// <summary>What was said has left the screen: else an OBS that comes back within seconds shows it again, as it should.</summary>
    private static Task TimedOutAsync(CaptionsProcess captions) =>
        Wait.UntilAsync(() => LastTime(captions, "retract") > LastTime(captions, "cue"), Wait.Generous, "an empty screen");

    private static double LastTime(CaptionsProcess captions, string type) =>
        captions.Of(type).Select(e => e.GetProperty("emitted").GetDouble()).LastOrDefault(-1);

    /// <summary>The captioner has found OBS again: its source is there and, as after every connection, cleared.</summary>
    private static async Task BackAsync(Show show)
    {
        await using var obs = await show.Obs.ObserveAsync();
        await Wait.UntilAsync(async () => await obs.TextAsync(Show.Captions) is "", Wait.Generous, "the captioner's return");
    }
}
