using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Measurement;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>A show on a machine of its own: OBS, sound, and captioners that listen to what is played.</summary>
public sealed class Show : IAsyncDisposable
{
    /// <summary>The text source that the product makes in OBS.</summary>
    public const string Captions = "BroadcastCaptions";

    /// <summary>The tap that hears what the tests play.</summary>
    public const string Monitor = $"monitor:{SoundServer.Sink}";

    private Show(ObsHarness obs) => Obs = obs;

    /// <summary>OBS and its sound server.</summary>
    public ObsHarness Obs { get; }

    /// <summary>Seven seconds of Jane Austen: the sentence that tests cut, or look at.</summary>
    public static SpeechFile Sentence { get; } = SpeechSet.Kept.Single(file => file.Name == "ps_librivox_0870.wav");

    /// <summary>Three seconds of her: for tests that only ask whether words arrive.</summary>
    public static SpeechFile Brief { get; } = SpeechSet.Kept.Single(file => file.Name == "ps_librivox_0930.wav");

    /// <summary>Prepares a show.</summary>
    public static async Task<Show> BeginAsync(bool startObs = true, SoundSystem system = SoundSystem.PulseAudio) => new(await ObsHarness.StartAsync(startObs, system));

    /// <summary>Starts a captioner, and waits until it listens.</summary>
    public async Task<CaptionsProcess> CaptionAsync(params IReadOnlyList<string> more)
    {
        var captions = await CaptionsProgram.StartAsync(Obs.Environment, ["live", "--tap", Monitor, "--json", .. more]);
        await captions.StateAsync("tap", "ok");
        return captions;
    }

    /// <summary>Starts a captioner, and waits until it listens and its captions are in OBS.</summary>
    public async Task<CaptionsProcess> CaptionInObsAsync(params IReadOnlyList<string> more)
    {
        var captions = await CaptionAsync(more);
        await captions.StateAsync("obs:text", "ok");
        return captions;
    }

    /// <summary>Plays a sentence and waits until OBS shows its end.</summary>
    /// <returns>What OBS showed meanwhile.</returns>
    public Task<OnScreen> PlayAsync(SpeechFile? file = null) =>
        OnScreen.WatchAsync(Obs, Captions, (file ?? Sentence).Path, quiet: TimeSpan.FromSeconds(15));

    /// <summary>The words that arrived are those that were said, in order, as far as the smallest model hears them.</summary>
    public static void AssertSaid(SpeechFile file, IReadOnlyList<string> words)
    {
        var errors = WordErrors.Of(SpokenWords.Of(file.Reference), words);
        Assert.True(errors.Percent <= 25, $"{errors.Percent:0} % of the words are wrong: \"{string.Join(' ', words)}\" for \"{file.Reference}\"");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Obs.DisposeAsync();
}
