using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>What viewers cannot hear is never captioned.</summary>
[Trait("Category", "EndToEnd")]
public sealed class OnAirTests
{
    private const string Microphone = "Microphone";

    [Fact]
    public async Task Muted_in_OBS_nothing_is_recognised_and_unmuted_it_is()
    {
        await using var show = await Show.BeginAsync();
        await using var obs = await show.Obs.ObserveAsync();
        await BindAsync(obs, muted: true);
        await using var captions = await show.CaptionInObsAsync();
        var silent = await show.PlayAsync(Show.Brief);
        Assert.Empty(silent.Words);
        Assert.Empty(Words(captions));

        await obs.MuteAsync(Microphone, muted: false);
        await captions.EventAsync("state", e => e.GetProperty("component").GetString()!.StartsWith("on-air", StringComparison.Ordinal)
            && e.GetProperty("detail").GetString()!.Contains("on air", StringComparison.Ordinal), "the microphone on air");
        Show.AssertSaid(Show.Brief, (await show.PlayAsync(Show.Brief)).Words);
    }

    [Fact]
    public async Task Muted_in_the_middle_nothing_after_it_appears()
    {
        await using var show = await Show.BeginAsync();
        await using var obs = await show.Obs.ObserveAsync();
        await BindAsync(obs, muted: false);
        await using var captions = await show.CaptionInObsAsync();
        var playing = show.PlayAsync();
        await Wait.UntilAsync(async () => SpokenWords.Of(await obs.TextAsync(Show.Captions) ?? "").Count >= 4, Wait.Generous, "words");
        await obs.MuteAsync(Microphone, muted: true);
        var words = (await playing).Words;
        Assert.Contains("john", words);
        Assert.DoesNotContain("power", words);
    }

    [Fact]
    public async Task Always_unbinds_the_microphone()
    {
        await using var show = await Show.BeginAsync();
        await using var obs = await show.Obs.ObserveAsync();
        await BindAsync(obs, muted: true);
        await using var captions = await show.CaptionInObsAsync("--always");
        Show.AssertSaid(Show.Brief, (await show.PlayAsync(Show.Brief)).Words);
    }

    /// <summary>The device that the captioner hears becomes an input of OBS, and the only one on it.</summary>
    private static async Task BindAsync(ObsObserver obs, bool muted)
    {
        await obs.RemoveAudioInputsAsync();
        await obs.AddMicrophoneAsync(await obs.CurrentSceneAsync(), Microphone, $"{SoundServer.Sink}.monitor");
        await obs.MuteAsync(Microphone, muted);
    }

    private static IEnumerable<string> Words(CaptionsProcess captions) =>
        captions.Of("partial").Concat(captions.Of("final")).Concat(captions.Of("final").Select(e => e.GetProperty("recognized")))
            .SelectMany(e => SpokenWords.Of(e.GetProperty("text").GetString()!));
}
