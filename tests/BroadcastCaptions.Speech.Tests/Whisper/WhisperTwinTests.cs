using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Speech.Tests.Whisper;

/// <summary>Two of a kind over the same weights, so that Whisper leaves the cores to a game, too.</summary>
public sealed class WhisperTwinTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_twin_hears_the_same_at_the_same_time()
    {
        using var first = Load();
        var (one, other) = (Noise(1), Noise(2));
        var (expected, expectedOther) = (Ids(first, one), Ids(first, other));
        Assert.NotEqual(expected, expectedOther);
        using (var twin = ((ITwinModel)first).Twin())
        {
            var background = Task.Run(() => Enumerable.Range(0, 20).Select(_ => Ids(twin, other)).ToArray());
            for (var i = 0; i < 20; i++) Assert.Equal(expected, Ids(first, one));
            Assert.All(await background, ids => Assert.Equal(expectedOther, ids));
        }

        Assert.Equal(expected, Ids(first, one)); // the weights are still there
    }

    [Fact]
    public void A_twin_expects_the_same_language()
    {
        using var first = Load();
        first.Expect("ja");
        using var twin = ((ITwinModel)first).Twin();
        Assert.Equal("ja", twin.Recognize(Noise(1), true, []).Language);
    }

    [Fact]
    public void Whisper_leaves_the_cores_to_a_game()
    {
        using var model = YieldingModel.Of(Load(), new Counters());
        Assert.IsType<YieldingModel>(model);
        Assert.NotEmpty(Ids(model, Noise(1)));
    }

    private WhisperModel Load() => new(new TinyWhisper(_folder["model"]).Write(), new ModelOptions { Threads = 1 });

    private static int[] Ids(ISpeechModel model, float[] samples) => [.. model.Recognize(samples, true, []).Tokens.Select(token => token.Id)];

    private static float[] Noise(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 16_000).Select(i => (random.NextSingle() - 0.5f) * MathF.Sin(i * 0.0003f * seed))];
    }
}
