using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

/// <summary>The same finder reads another family's exports: two of Whisper tiny.en, in fp16 behind Cast and in 8-bit integers.</summary>
public sealed class WhisperExtractionTests
{
    [Fact]
    public void Two_exports_of_one_model_give_the_same_weights()
    {
        if (Places.InShared("models", "whisper-tiny.en") is not { } folder) return; // real weights lie beside the checkout only
        var wide = DecoderExtractor.Extract(OnnxReader.Read(Path.Combine(folder, "decoder_model_merged.onnx")).Graph);
        var narrow = DecoderExtractor.Extract(OnnxReader.Read(Path.Combine(folder, "decoder_model_merged_quantized.onnx")).Graph);

        Assert.Equal(4, wide.Layers.Count);
        Assert.Equal((384, 6, 51864), (wide.Width, wide.Heads, wide.Vocabulary));
        Assert.Equal(448, wide.Positions!.Rows);
        Assert.Null(wide.InverseFrequencies);
        var pairs = All(wide).Zip(All(narrow)).ToList();
        Assert.Equal(All(wide).Count(), All(narrow).Count());
        Assert.All(pairs, pair => Assert.True(Likeness(pair.First.Read(), pair.Second.Read()) > 0.99));
    }

    [Fact]
    public void Another_size_is_read_too()
    {
        if (Places.InShared("models", "whisper-base") is not { } folder) return;
        var weights = DecoderExtractor.Extract(OnnxReader.Read(Path.Combine(folder, "decoder_model_merged_quantized.onnx")).Graph);

        Assert.Equal((6, 512, 8), (weights.Layers.Count, weights.Width, weights.Heads));
        Assert.All(weights.Layers, layer => Assert.Null(layer.Self.Key.Bias)); // Whisper's keys have none
        Assert.All(weights.Layers, layer => Assert.NotNull(layer.Self.Query.Bias));
    }

    private static IEnumerable<Weight> All(DecoderWeights decoder) =>
    [
        decoder.Embedding, decoder.Positions!, decoder.Logits.Weight, .. Of(decoder.FinalNorm),
        .. decoder.Layers.SelectMany(layer => (Weight[])
        [
            .. Of(layer.SelfNorm), .. Of(layer.Self), .. Of(layer.CrossNorm), .. Of(layer.Cross), .. Of(layer.FeedNorm), .. Of(layer.Up), .. Of(layer.Down),
        ]),
    ];

    private static IEnumerable<Weight> Of(Norm norm) => norm.Bias is null ? [norm.Scale] : [norm.Scale, norm.Bias];

    private static IEnumerable<Weight> Of(AttentionWeights attention) =>
        [.. Of(attention.Query), .. Of(attention.Key), .. Of(attention.Value), .. Of(attention.Output)];

    private static IEnumerable<Weight> Of(Linear linear) => linear.Bias is null ? [linear.Weight] : [linear.Weight, linear.Bias];

    private static float Likeness(float[] a, float[] b) => System.Numerics.Tensors.TensorPrimitives.CosineSimilarity(a, b);
}
