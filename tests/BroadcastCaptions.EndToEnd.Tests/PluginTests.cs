using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Obs;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>What the plug-in taps in OBS is captioned in OBS.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PluginTests
{
    private static readonly SpeechFile Other = SpeechSet.Kept.Single(file => file.Name == "lj_LJ001-0008.wav");

    [Fact]
    public async Task A_filtered_source_is_captioned()
    {
        await using var show = await PluginShow.BeginAsync();
        await show.AddSpeakerAsync("Anne", Show.Brief);
        await using var captions = await show.CaptionAsync();
        Show.AssertSaid(Show.Brief, await show.SayAsync("Anne", Show.Brief));
    }

    [Fact]
    public async Task Two_filtered_sources_have_two_labels()
    {
        await using var show = await PluginShow.BeginAsync();
        await show.AddSpeakerAsync("Anne", Show.Brief);
        await show.AddSpeakerAsync("Bob", Other);
        await using var captions = await show.CaptionAsync();
        await show.SayAsync("Anne", Show.Brief, () => show.Obs.RestartMediaAsync("Bob")); // a source is known once it has been heard
        Assert.Contains("ANNE: ", await show.TextsAsync("Anne", Show.Brief));
        Assert.Contains("BOB: ", await show.TextsAsync("Bob", Other));
    }

    [Fact]
    public async Task An_output_track_is_captioned()
    {
        await using var show = await PluginShow.BeginAsync();
        await show.AddSpeakerAsync("Anne", Show.Brief, filter: false);
        await show.AddTrackAsync("Viewers hear");
        await using var captions = await show.CaptionAsync();
        await captions.StateAsync("plugin", "ok");
        Show.AssertSaid(Show.Brief, await show.SayAsync("Anne", Show.Brief));
    }
}
