using System.Numerics.Tensors;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.Speech.Rewriting.Running;
using BroadcastCaptions.TestKit;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

/// <summary>The rewritten graph against the graph that it was made from.</summary>
public sealed class FusedDecoderTests : IDisposable
{
    private const int Positions = 9; // of the encoder
    private static readonly long[] Tokens = [1, 17, 4, 33, 58, 8, 21];

    private readonly string _folder = Directory.CreateTempSubdirectory("fused-").FullName;
    private readonly SessionOptions _options = Sessions.Options(threads: 1);
    private readonly OnnxModel _original = new SyntheticDecoder(Encoding.Plain).Build();
    private readonly OrtValue _states;

    public FusedDecoderTests()
    {
        var random = new Random(2);
        var states = Enumerable.Range(0, Positions * SyntheticDecoder.Width).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
        _states = OrtValue.CreateTensorValueFromMemory(states, [1, Positions, SyntheticDecoder.Width]);
    }

    public void Dispose()
    {
        _states.Dispose();
        _options.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void It_scores_as_the_original_does()
    {
        using var decoder = Open(WeightFormat.Float);

        ExtractionTests.AssertClose(Original(Tokens), decoder.Start(Tokens).ToArray(), 1e-3f);
    }

    [Fact]
    public void In_8_bits_it_scores_nearly_so()
    {
        using var decoder = Open(WeightFormat.Blocks);

        Assert.InRange(TensorPrimitives.CosineSimilarity<float>(Original(Tokens), decoder.Start(Tokens)), 0.999f, 1);
    }

    [Fact]
    public void Step_by_step_it_scores_as_in_one_pass()
    {
        using var decoder = Open(WeightFormat.Float);
        var whole = decoder.Start(Tokens).ToArray();

        decoder.Start(Tokens.AsSpan(0, 1));
        var rows = Tokens.Skip(1).SelectMany(token => decoder.Step(token).ToArray()).ToArray();

        ExtractionTests.AssertClose(whole[SyntheticDecoder.Vocabulary..], rows, 1e-4f);
    }

    [Fact]
    public void What_is_not_kept_leaves_no_trace()
    {
        using var decoder = Open(WeightFormat.Float);
        decoder.Start([1, 17, 4, 50, 51, 52, 53]); // the first three agree
        decoder.Keep(3);

        var row = decoder.Step(Tokens[3]).ToArray();

        ExtractionTests.AssertClose(Original(Tokens)[(3 * SyntheticDecoder.Vocabulary)..(4 * SyntheticDecoder.Vocabulary)], row, 1e-3f);
    }

    [Fact]
    public void A_longer_segment_gets_more_room()
    {
        using var decoder = Open(WeightFormat.Float);
        decoder.Start(Tokens);
        decoder.Attend(_states, Positions, capacity: 200);
        var long_ = Enumerable.Range(0, 190).Select(i => (long)(i % SyntheticDecoder.Vocabulary)).ToArray();

        ExtractionTests.AssertClose(Original(long_), decoder.Start(long_).ToArray(), 1e-3f);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        using var decoder = Open(WeightFormat.Blocks);
        decoder.Start(Tokens.AsSpan(0, 1));

        Assert.Equal(0, Allocations.Of(() => decoder.Step(7), times: 10));
    }

    [Fact]
    public void A_segment_allocates_few_kilobytes()
    {
        using var decoder = Open(WeightFormat.Blocks);

        Assert.InRange(Allocations.Of(Segment, times: 1), 0, 8 * 1024);

        void Segment()
        {
            decoder.Attend(_states, Positions, capacity: 20);
            decoder.Start(Tokens);
        }
    }

    private FusedDecoder Open(WeightFormat format)
    {
        var files = new FusedFiles("", Path.Combine(_folder, "decoder.onnx"), Path.Combine(_folder, "cross.onnx"));
        var weights = DecoderExtractor.Extract(_original.Graph);
        OnnxWriter.Write(MoonshineDecoderEmitter.Emit(weights, format), files.Decoder);
        OnnxWriter.Write(CrossEmitter.Emit(weights, format), files.Cross);
        var decoder = new FusedDecoder(files, _options);
        decoder.Attend(_states, Positions, capacity: 40);
        return decoder;
    }

    private float[] Original(long[] tokens)
    {
        var path = Path.Combine(_folder, "original.onnx");
        OnnxWriter.Write(_original, path);
        using var session = new InferenceSession(path, _options);
        using var input = OrtValue.CreateTensorValueFromMemory(tokens, [1, tokens.Length]);
        using var run = new RunOptions();
        using var outputs = session.Run(run, ["input_ids", "encoder_hidden_states"], [input, _states], ["logits"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
