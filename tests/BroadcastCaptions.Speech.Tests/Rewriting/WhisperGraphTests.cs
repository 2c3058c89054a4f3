using BroadcastCaptions.Speech.Alignment;
using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Rewriting;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.Speech.Tests.Whisper;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

/// <summary>What a Whisper of random weights is rewritten to against what it was made from; no weights are needed.</summary>
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
        var files = new TinyWhisper(_folder["model"], decoderLayers: layers) { InSteps = true }.Write(merged);
        using var shipped = new ShippedWhisper(files, _options);
        using var states = shipped.Encode(_features, TinyWhisper.Mels);
        using var decoder = Open(files);
        decoder.Attend(states, TinyWhisper.Positions, TinyWhisper.MaximumTokens);
        var expected = shipped.Scores(states, Tokens);

        var whole = decoder.Start(Tokens).ToArray();
        ExtractionTests.AssertClose(expected, whole, 5e-3f);
        Assert.Equal(whole[(5 * Vocabulary)..], decoder.Start(Tokens, firstRow: 5).ToArray());
        decoder.Start([.. Tokens.Take(3), 1, 2, 3]);
        decoder.Keep(3);
        Assert.Equal(whole[(3 * Vocabulary)..], Tokens.Skip(3).SelectMany(token => decoder.Step(token).ToArray()).ToArray());
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
        using var aligner = new SoundAligner(decoder);

        var starts = aligner.Align(frames: 60, [259, 260], [40, 41, 42], end: 258);

        Assert.Equal(4, starts.Length);
        Assert.Equal(starts.Order(), starts);
        Assert.InRange(starts[^1], 0, 0.6);
    }

    [Fact]
    public void A_head_that_is_not_there_is_named()
    {
        Open(new TinyWhisper(_folder["model"]).Write()).Dispose();

        Assert.Contains("no head 9 in layer 0", Assert.Throws<InvalidDataException>(() => new IntegerDecoder(_folder["decoder.weights"], heads: [(0, 9)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_for_which_it_has_no_place_is_refused()
    {
        var files = new TinyWhisper(_folder["model"]).Write();
        using var shipped = new ShippedWhisper(files, _options);
        using var states = shipped.Encode(_features, TinyWhisper.Mels);
        using var decoder = Open(files);
        decoder.Attend(states, TinyWhisper.Positions, TinyWhisper.MaximumTokens); // there is room for half as many again
        decoder.Start([.. Enumerable.Repeat(7L, TinyWhisper.MaximumTokens)]);

        Assert.Throws<InvalidOperationException>(() => decoder.Step(7));
    }

    [Fact]
    public void Threads_that_share_the_work_change_nothing()
    {
        var files = new TinyWhisper(_folder["model"]).Write();
        using var shipped = new ShippedWhisper(files, _options);
        using var states = shipped.Encode(_features, TinyWhisper.Mels);
        using var alone = Open(files);
        using var together = Open(files, threads: 3);
        foreach (var decoder in (IntegerDecoder[])[alone, together]) decoder.Attend(states, TinyWhisper.Positions, TinyWhisper.MaximumTokens);

        Assert.Equal(alone.Start(Tokens).ToArray(), together.Start(Tokens).ToArray());
        foreach (var token in Tokens) Assert.Equal(alone.Step(token).ToArray(), together.Step(token).ToArray());
    }

    [Fact]
    public void A_text_that_was_copied_goes_on_as_the_first_one_does()
    {
        var files = new TinyWhisper(_folder["model"]).Write();
        using var shipped = new ShippedWhisper(files, _options);
        using var states = shipped.Encode(_features, TinyWhisper.Mels);
        using var decoder = Open(files);
        decoder.Attend(states, TinyWhisper.Positions, TinyWhisper.MaximumTokens);
        long[] longer = [.. Enumerable.Range(0, 19).Select(i => (long)(40 + i))]; // more than stand in a block
        decoder.Start(longer);
        decoder.Copy(0, 2, longer.Length);
        var expected = decoder.Step(7).ToArray();

        decoder.Use(2);
        decoder.Keep(longer.Length);
        Assert.Equal(expected, decoder.Step(7).ToArray());
        decoder.Use(0);
        decoder.Keep(longer.Length);
        Assert.Equal(expected, decoder.Step(7).ToArray());
    }

    private IntegerDecoder Open(WhisperFiles files, int threads = 1)
    {
        if (!File.Exists(_folder["decoder.weights"])) DecoderPacker.Write(DecoderExtractor.Extract(OnnxReader.Read(files.Decoder).Graph), _folder["decoder.weights"]);
        return new IntegerDecoder(_folder["decoder.weights"], threads);
    }
}
