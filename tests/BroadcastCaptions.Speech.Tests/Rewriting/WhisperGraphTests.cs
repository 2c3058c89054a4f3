using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Rewriting;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.Speech.Rewriting.Running;
using BroadcastCaptions.Speech.Tests.Whisper;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

/// <summary>The rewritten graphs of a Whisper of random weights against those they were made from; no weights are needed.</summary>
public sealed class WhisperGraphTests : IDisposable
{
    private static readonly long[] Tokens = [259, 260, 263, 40, 41, 256, 7, 99];
    private static readonly int Vocabulary = TinyWhisper.VocabularyOf(isMultilingual: true);

    private readonly TemporaryFolder _folder = new();
    private readonly SessionOptions _options = Sessions.Options(threads: 1);
    private readonly float[] _features = [.. Enumerable.Range(0, TinyWhisper.Mels * TinyWhisper.Positions * 2).Select(i => MathF.Sin(i * 0.37f))];

    public void Dispose()
    {
        _options.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, true)] // as the distilled ones: fewer layers than the encoder
    [InlineData(2, false)]
    public void It_scores_as_the_original_does_in_one_pass_and_step_by_step(int layers, bool merged)
    {
        var files = new TinyWhisper(_folder["model"], decoderLayers: layers).Write(merged);
        using var shipped = new ShippedWhisper(files, _options);
        using var states = shipped.Encode(_features, TinyWhisper.Mels);
        using var decoder = Open(files);
        decoder.Attend(states, TinyWhisper.Positions, TinyWhisper.MaximumTokens);
        var expected = shipped.Scores(states, Tokens);

        ExtractionTests.AssertClose(expected, decoder.Start(Tokens).ToArray(), 1e-3f);
        ExtractionTests.AssertClose(expected[(5 * Vocabulary)..], decoder.Start(Tokens, firstRow: 5).ToArray(), 1e-3f);
        decoder.Start([.. Tokens.Take(3), 1, 2, 3]);
        decoder.Keep(3);
        var rows = Tokens.Skip(3).SelectMany(token => decoder.Step(token).ToArray()).ToArray();
        ExtractionTests.AssertClose(expected[(3 * Vocabulary)..], rows, 1e-3f);
        Assert.Equal(0, Allocations.Of(() => decoder.Step(7), times: 5));
    }

    [Fact]
    public void The_encoder_gives_the_same_states_and_takes_shorter_windows()
    {
        var files = new TinyWhisper(_folder["model"]) { ConvolvesWithGelu = true }.Write();
        using var shipped = new ShippedWhisper(files, _options);
        var weights = EncoderExtractor.Extract(OnnxReader.Read(files.Encoder).Graph);
        OnnxWriter.Write(WhisperEncoderEmitter.Emit(weights, TinyWhisper.Heads, WeightFormat.Float), _folder["encoder.onnx"]);
        using var states = shipped.Encode(_features, TinyWhisper.Mels);
        using var own = new ShippedWhisper(files with { Encoder = _folder["encoder.onnx"] }, _options);
        using var same = own.Encode(_features, TinyWhisper.Mels);
        using var half = own.Encode(_features[..(_features.Length / 2)], TinyWhisper.Mels);

        ExtractionTests.AssertClose(states.GetTensorDataAsSpan<float>().ToArray(), same.GetTensorDataAsSpan<float>().ToArray(), 1e-3f);
        Assert.Equal([1, TinyWhisper.Positions / 2, TinyWhisper.Width], half.GetTensorTypeAndShape().Shape);
    }

    [Fact]
    public void Every_token_gets_a_time_even_where_no_heads_are_named()
    {
        var files = new TinyWhisper(_folder["model"]).Write();
        using var shipped = new ShippedWhisper(files, _options);
        using var states = shipped.Encode(_features, TinyWhisper.Mels);
        using var decoder = Open(files);
        decoder.Attend(states, TinyWhisper.Positions, TinyWhisper.MaximumTokens);
        OnnxWriter.Write(AlignmentEmitter.Emit(Weights(files), [], WeightFormat.Float), _folder["alignment.onnx"]);
        using var aligner = new CrossAligner(_folder["alignment.onnx"], decoder, _options);

        var starts = aligner.Align(frames: 60, [259, 260], [40, 41, 42], end: 258);

        Assert.Equal(4, starts.Length);
        Assert.Equal(starts.Order(), starts);
        Assert.InRange(starts[^1], 0, 0.6);
    }

    [Fact]
    public void A_head_that_is_not_there_is_named() =>
        Assert.Contains("no head 9 in layer 0", Assert.Throws<InvalidDataException>(() =>
            AlignmentEmitter.Emit(Weights(new TinyWhisper(_folder["model"]).Write()), [(0, 9)], WeightFormat.Float)).Message, StringComparison.Ordinal);

    private static DecoderWeights Weights(WhisperFiles files) => DecoderExtractor.Extract(OnnxReader.Read(files.Decoder).Graph);

    private FusedDecoder Open(WhisperFiles files)
    {
        var rewritten = new FusedFiles("", _folder["decoder.onnx"], _folder["cross.onnx"]);
        OnnxWriter.Write(WhisperDecoderEmitter.Emit(Weights(files), WeightFormat.Float), rewritten.Decoder);
        OnnxWriter.Write(CrossEmitter.Emit(Weights(files), WeightFormat.Float), rewritten.Cross);
        return new FusedDecoder(rewritten, _options);
    }
}
