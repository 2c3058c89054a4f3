using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>What viewers see: the caption area of the picture, across scene switches, and empty afterwards.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ScreenTests
{
    private const double CaptionArea = 0.3;

    [Theory]
    [InlineData(SoundSystem.PulseAudio)]
    [InlineData(SoundSystem.PipeWire)]
    public async Task Captions_are_in_the_picture_while_there_are_words_and_gone_after_them(SoundSystem system)
    {
        await using var show = await Show.BeginAsync(system: system);
        await using var obs = await show.Obs.ObserveAsync();
        await using var captions = await show.CaptionInObsAsync();
        Assert.Equal(0, (await obs.PictureAsync()).BrightPixels(CaptionArea));
        var playing = show.PlayAsync();
        await Wait.UntilAsync(async () => SpokenWords.Of(await obs.TextAsync(Show.Captions) ?? "").Count > 5, Wait.Generous, "words");
        Assert.InRange((await obs.PictureAsync()).BrightPixels(CaptionArea), 500, 1_000_000);
        Show.AssertSaid(Show.Sentence, (await playing).Words);
        await Wait.UntilAsync(async () => string.IsNullOrWhiteSpace(await obs.TextAsync(Show.Captions)), Wait.Generous, "the screen to be cleared");
        await Wait.UntilAsync(async () => (await obs.PictureAsync()).BrightPixels(CaptionArea) == 0, Wait.Generous, "the picture to be empty");
    }

    [Fact]
    public async Task A_scene_switch_and_a_new_scene_keep_the_captions()
    {
        await using var show = await Show.BeginAsync();
        await using var obs = await show.Obs.ObserveAsync();
        await obs.CreateSceneAsync("Second");
        await using var captions = await show.CaptionInObsAsync();
        foreach (var scene in await obs.ScenesAsync()) Assert.Contains(Show.Captions, await obs.ItemsAsync(scene));
        var playing = show.PlayAsync();
        await SwitchAndSeeAsync(obs, "Second");
        await obs.CreateSceneAsync("Made while live");
        await SwitchAndSeeAsync(obs, "Made while live");
        Show.AssertSaid(Show.Sentence, (await playing).Words);
    }

    private static async Task SwitchAndSeeAsync(ObsObserver obs, string scene)
    {
        await obs.SwitchSceneAsync(scene);
        await Wait.UntilAsync(async () => (await obs.ItemsAsync(scene)).Contains(Show.Captions), Wait.Generous, $"captions in {scene}");
        await Wait.UntilAsync(async () => (await obs.PictureAsync()).BrightPixels(CaptionArea) > 500, Wait.Generous, $"words in {scene}");
    }
}
