using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Speech.Tests.Moonshine;

/// <summary>The real model, and both of its decoders.</summary>
[Collection(WithSpeechModels.Name)]
public sealed class MoonshineModelTests(SpeechModels models)
{
    private const string Tiny = "moonshine-tiny";

    [Fact]
    public async Task It_hears_what_is_said()
    {
        var model = await models.LoadAsync(Tiny);

        var text = model.Recognize(await Samples.OfAsync("lj_LJ001-0008.wav"), expectWords: true, []);

        Assert.Equal("has never been surpassed", string.Join(' ', text.Words.Select(word => word.Text)).TrimEnd('.').ToLowerInvariant());
        Assert.All(text.Words, word => Assert.InRange(word.Probability, 0.1, 1));
        Assert.All(text.Tokens, token => Assert.InRange(token.LogProbability, -20, 0));
    }

    [Fact]
    public async Task A_twin_hears_the_same_at_the_same_time()
    {
        using var first = new MoonshineModel(await models.FilesAsync(Tiny), new ModelOptions());
        Assert.True(((ITwinModel)first).CanTwin);
        var (one, other) = (await Samples.OfAsync("lj_LJ001-0008.wav"), await Samples.OfAsync("lj_LJ001-0013.wav"));
        var (expected, expectedOther) = (first.Recognize(one, true, []), first.Recognize(other, true, []));
        using (var twin = ((ITwinModel)first).Twin())
        {
            var background = Task.Run(() => Enumerable.Range(0, 20).Select(_ => Ids(twin.Recognize(other, true, [])).ToArray()).ToArray());
            for (var i = 0; i < 20; i++) Assert.Equal(Ids(expected), Ids(first.Recognize(one, true, [])));
            Assert.All(await background, ids => Assert.Equal(Ids(expectedOther), ids));
        }

        Assert.Equal(Ids(expected), Ids(first.Recognize(one, true, []))); // the weights are still there
    }

    [Fact]
    public async Task What_a_segment_says_while_it_grows_is_what_it_says_heard_afresh()
    {
        using var growing = new MoonshineModel(await models.FilesAsync(Tiny), new ModelOptions());
        var samples = await Samples.OfAsync("lj_LJ001-0013.wav");
        for (var length = 8_000; length <= samples.Length; length += 3_001)
        {
            using var afresh = ((ITwinModel)growing).Twin(); // remembers no audio
            Assert.Equal(afresh.Recognize(samples.AsSpan(0, length), true, []).Tokens, growing.Recognize(samples.AsSpan(0, length), true, []).Tokens);
        }
    }

    [Fact]
    public async Task Verifying_the_previous_answer_gives_what_decoding_from_nothing_gives()
    {
        var model = await models.LoadAsync(Tiny);
        var (texts, different) = (0, 0);
        foreach (var file in SpeechSet.Kept.Take(6))
        {
            var samples = await Samples.OfAsync(file);
            IReadOnlyList<ScoredToken> previous = [];
            for (var length = 8_000; length <= samples.Length; length += 8_000)
            {
                var grown = model.Recognize(samples.AsSpan(0, length), expectWords: true, previous);
                var plain = model.Recognize(samples.AsSpan(0, length), expectWords: true, []);
                (texts, different) = (texts + 1, different + (Ids(plain).SequenceEqual(Ids(grown)) ? 0 : 1));
                previous = grown.Tokens;
            }
        }

        Assert.True(texts > 40);
        Assert.Equal(0, different);
    }

    [Fact]
    public async Task The_shipped_decoder_verifies_as_well()
    {
        var files = await models.FilesAsync(Tiny);
        using var options = Sessions.Options(1);
        using var encoder = new MoonshineEncoder(files.Encoder, options);
        using var decoder = new MergedDecoder(files.Decoder, threads: 1);
        using var states = encoder.Encode(await Samples.OfAsync("lj_LJ001-0013.wav"), 0);
        decoder.Attend(states, (int)states.GetTensorTypeAndShape().Shape[1], 65);
        var search = new GreedySearch();
        List<ScoredToken> plain = [], verified = [];

        search.Run(decoder, [], 64, true, plain);
        search.Run(decoder, [.. plain.Take(4), new ScoredToken(77, 0)], 64, true, verified);

        Assert.True(plain.Count > 6);
        Assert.Equal(plain.Select(token => token.Id), verified.Select(token => token.Id));
    }

    [Fact]
    public async Task The_shipped_decoders_step_leaves_only_the_bindings_of_names_behind()
    {
        var files = await models.FilesAsync(Tiny);
        using var options = Sessions.Options(1);
        using var encoder = new MoonshineEncoder(files.Encoder, options);
        using var decoder = new MergedDecoder(files.Decoder, threads: 1);
        using var states = encoder.Encode(await Samples.OfAsync("lj_LJ001-0008.wav"), 0);
        void Decode()
        {
            decoder.Attend(states, (int)states.GetTensorTypeAndShape().Shape[1], 30);
            decoder.Start([GreedySearch.Begin]);
        }

        Decode();
        for (var i = 0; i < 20; i++) decoder.Step(300 + i); // every length's binding is made
        Decode();
        decoder.Step(300);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < 20; i++) decoder.Step(300 + i);

        // 13 names a step go to the runtime as fresh bytes; its API takes them in no other way.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 19 * 13 * 80);
    }

    [Fact]
    public async Task Silence_and_the_shortest_click_do_not_break_it()
    {
        var model = await models.LoadAsync(Tiny);

        Assert.True(model.Recognize(new float[16_000], expectWords: false, []).Words.Count < 3);
        Assert.True(model.Recognize(new float[100], expectWords: false, []).Words.Count < 3);
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_told()
    {
        var files = await models.FilesAsync(Tiny);
        var wrong = Path.GetTempFileName();
        await File.WriteAllTextAsync(wrong, "not a model");

        var failure = Assert.Throws<CaptionsException>(() => new MoonshineModel(files with { Encoder = wrong }, new ModelOptions()));

        Assert.Contains(wrong, failure.Message, StringComparison.Ordinal);
        File.Delete(wrong);
    }

    private static IEnumerable<int> Ids(ModelText text) => text.Tokens.Select(token => token.Id);
}
