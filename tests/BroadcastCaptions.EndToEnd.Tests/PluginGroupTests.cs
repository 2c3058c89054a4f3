using BroadcastCaptions.TestKit.Obs;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>A source that stands in one of OBS's groups.</summary>
[Trait("Category", "EndToEnd")]
[Collection(Alone.Name)]
public sealed class PluginGroupTests
{
    private const string Anne = "Anne", Guests = "Guests";

    [Fact]
    public async Task Hidden_with_its_group_or_within_it_nothing_after_it_appears()
    {
        await using var show = await PluginShow.BeginAsync();
        await show.AddSpeakerAsync(Anne, Show.Sentence);
        await show.RewriteScenesAsync(scenes => scenes.Group(show.Scene, Anne, Guests));
        await show.Obs.StopMediaAsync(Anne); // OBS plays what it loads
        await using var captions = await show.CaptionAsync("--out", Listening.Files(show));
        foreach (var (source, scene) in new[] { (Guests, show.Scene), (Anne, Guests) })
        {
            await using var listening = await Listening.BeginAsync(show, captions);
            Cut? cut = null;
            var words = await show.SayAsync(Anne, Show.Sentence, async () => cut = await Cut.MakeAsync(show, _ => show.ShowAsync(source, false, scene)));
            cut!.AssertHolds(words, listening.Everywhere);
            cut.AssertEarly();
            await show.ShowAsync(source, true, scene);
        }
    }
}
