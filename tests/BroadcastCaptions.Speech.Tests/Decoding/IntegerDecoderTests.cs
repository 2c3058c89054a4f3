using System.Numerics.Tensors;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.Speech.Tests.Rewriting;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Tests.Decoding;

/// <summary>Our decoder against the graph whose weights it has: a Moonshine's. A Whisper's: <see cref="WhisperGraphTests"/>.</summary>
public sealed class IntegerDecoderTests : IDisposable
{
    private const int Positions = 9; // of the encoder
    private static readonly long[] Tokens = [1, 17, 4, 33, 58, 8, 21];

    private readonly TemporaryFolder _folder = new();
    private readonly SessionOptions _options = Sessions.Options(threads: 1);
    private readonly OnnxModel _original = new SyntheticDecoder(Encoding.Plain, inSteps: true).Build();
    private readonly OrtValue _states;

    public IntegerDecoderTests()
    {
        var random = new Random(2);
        var states = Enumerable.Range(0, Positions * SyntheticDecoder.Width).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
        _states = OrtValue.CreateTensorValueFromMemory(states, [1, Positions, SyntheticDecoder.Width]);
    }

    public void Dispose()
    {
        _states.Dispose();
        _options.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void It_scores_as_the_original_does()
    {
        using var decoder = Open();

        ExtractionTests.AssertClose(Original(Tokens), decoder.Start(Tokens).ToArray(), 5e-3f); // of some 7
    }

    [Fact]
    public void Weights_that_were_not_in_steps_lose_little()
    {
        var floats = new SyntheticDecoder(Encoding.Plain).Build();
        using var decoder = Open(floats);

        Assert.InRange(TensorPrimitives.CosineSimilarity<float>(Original(Tokens, floats), decoder.Start(Tokens)), 0.999f, 1);
    }

    [Fact]
    public void Step_by_step_it_scores_bit_for_bit_as_in_one_pass()
    {
        using var decoder = Open();
        var whole = decoder.Start(Tokens).ToArray();

        decoder.Start(Tokens.AsSpan(0, 1));
        var rows = Tokens.Skip(1).SelectMany(token => decoder.Step(token).ToArray()).ToArray();

        Assert.Equal(whole[SyntheticDecoder.Vocabulary..], rows);
    }

    [Fact]
    public void Only_the_rows_that_are_asked_for_are_scored()
    {
        using var decoder = Open();
        var whole = decoder.Start(Tokens).ToArray();

        Assert.Equal(whole[(5 * SyntheticDecoder.Vocabulary)..], decoder.Start(Tokens, firstRow: 5).ToArray());
    }

    [Fact]
    public void What_is_not_kept_leaves_no_trace()
    {
        using var decoder = Open();
        var whole = decoder.Start(Tokens).ToArray();
        decoder.Start([1, 17, 4, 50, 51, 52, 53]); // the first three agree
        decoder.Keep(3);

        Assert.Equal(whole[(3 * SyntheticDecoder.Vocabulary)..(4 * SyntheticDecoder.Vocabulary)], decoder.Step(Tokens[3]).ToArray());
    }

    [Fact]
    public void Where_it_listens_is_told_alike_step_by_step_and_in_one_pass()
    {
        using var decoder = Open();
        decoder.Start(Tokens);
        var whole = decoder.Listened(0, Tokens.Length).ToArray();
        decoder.Start([1, 50, 51]); // leaves nothing behind
        decoder.Keep(1);
        foreach (var token in Tokens.Skip(1)) decoder.Step(token);

        Assert.Equal(whole, decoder.Listened(0, Tokens.Length).ToArray());
        var heads = whole.Chunk(Positions).Select(row => row.Sum()).ToArray();
        Assert.All(heads, sum => Assert.Equal(MathF.Round(heads[0]), sum, 1e-3)); // a whole number of heads, each of which shares itself out
        Assert.InRange(heads[0], 1, 100);
    }

    [Fact]
    public void A_longer_segment_gets_more_room()
    {
        using var decoder = Open();
        decoder.Start(Tokens);
        decoder.Attend(_states, Positions, capacity: 200);
        var long_ = Enumerable.Range(0, 190).Select(i => (long)(i % SyntheticDecoder.Vocabulary)).ToArray();

        Assert.InRange(TensorPrimitives.CosineSimilarity<float>(Original(long_), decoder.Start(long_)), 0.99999f, 1);
    }

    [Fact]
    public void A_twin_has_the_weights_in_common_and_nothing_else()
    {
        using var decoder = Open();
        var whole = decoder.Start(Tokens).ToArray();
        using var twin = decoder.Twin();
        twin.Attend(_states, Positions, capacity: 40);
        twin.Start([1, 50]);

        Assert.Equal(whole[(6 * SyntheticDecoder.Vocabulary)..], After(decoder));

        static float[] After(IntegerDecoder decoder)
        {
            decoder.Keep(6);
            return decoder.Step(Tokens[6]).ToArray();
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        using var decoder = Open();
        decoder.Start(Tokens.AsSpan(0, 1));

        Assert.Equal(0, Allocations.Of(() => decoder.Step(7), times: 10));
    }

    [Fact]
    public void A_segment_allocates_nothing_either()
    {
        using var decoder = Open();

        Assert.Equal(0, Allocations.Of(Segment, times: 3));

        void Segment()
        {
            decoder.Attend(_states, Positions, capacity: 20);
            decoder.Start(Tokens);
            decoder.Leave();
        }
    }

    [Fact]
    public void More_tokens_than_were_announced_are_refused()
    {
        using var decoder = Open();
        decoder.Attend(_states, Positions, capacity: 80);
        decoder.Start([.. Enumerable.Repeat(7L, 120)]); // there is room for half as many again

        Assert.Throws<InvalidOperationException>(() => decoder.Step(7));
        Assert.Throws<ArgumentException>(() => decoder.Start([SyntheticDecoder.Vocabulary]));
    }

    public static TheoryData<string, Action<string>> Damages { get; } = new()
    {
        { "nothing in it", path => File.WriteAllBytes(path, []) },
        { "gone", File.Delete },
        { "another file", path => File.WriteAllText(path, new string('x', 100_000)) },
        { "cut off", path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]) },
        { "too long", path => File.AppendAllText(path, "x") },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_file_is_told(string damage, Action<string> harm)
    {
        Open().Dispose();
        harm(_folder["decoder.weights"]);

        var told = Assert.Throws<CaptionsException>(() => new IntegerDecoder(_folder["decoder.weights"]));

        Assert.True(told.Message.Contains("cannot be loaded", StringComparison.Ordinal), damage);
    }

    [Fact]
    public void A_decoder_whose_last_product_is_not_its_table_of_tokens_is_not_packed()
    {
        var weights = DecoderExtractor.Extract(_original.Graph);
        var other = weights with { Embedding = weights.Embedding with { Read = () => [.. weights.Embedding.Read().Select(number => -number)] } };

        Assert.Contains("table of tokens", Assert.Throws<InvalidDataException>(() => DecoderPacker.Write(other, _folder["other"])).Message, StringComparison.Ordinal);
    }

    private IntegerDecoder Open(OnnxModel? model = null)
    {
        DecoderPacker.Write(DecoderExtractor.Extract((model ?? _original).Graph), _folder["decoder.weights"]);
        var decoder = new IntegerDecoder(_folder["decoder.weights"]);
        decoder.Attend(_states, Positions, capacity: 40);
        return decoder;
    }

    private float[] Original(long[] tokens, OnnxModel? model = null)
    {
        var path = _folder["original.onnx"];
        OnnxWriter.Write(model ?? _original, path);
        using var session = new InferenceSession(path, _options);
        using var input = OrtValue.CreateTensorValueFromMemory(tokens, [1, tokens.Length]);
        using var run = new RunOptions();
        using var outputs = session.Run(run, ["input_ids", "encoder_hidden_states"], [input, _states], ["logits"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
