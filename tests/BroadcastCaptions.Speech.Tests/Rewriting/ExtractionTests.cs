using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

public sealed class ExtractionTests
{
    [Theory]
    [InlineData(Encoding.Plain, false, 0)]
    [InlineData(Encoding.Plain, true, 0)]
    [InlineData(Encoding.HalfBehindCast, false, 0.001)]
    [InlineData(Encoding.DynamicInteger, true, 0.01)]
    [InlineData(Encoding.PerColumn, false, 0.01)]
    [InlineData(Encoding.Blocks, false, 0.01)]
    public void Every_weight_is_found_in_its_place_whatever_the_encoding(Encoding encoding, bool merged, float tolerance)
    {
        var decoder = new SyntheticDecoder(encoding, merged);
        var model = decoder.Build();

        var found = DecoderExtractor.Extract(model.Graph);

        Assert.Equal(SyntheticDecoder.Layers, found.Layers.Count);
        Assert.Equal(SyntheticDecoder.Heads, found.Heads);
        Assert.Null(found.Positions);
        void Same(string role, Weight? actual) => AssertClose(decoder.Weights[role], actual!.Read(), tolerance);
        Same("embedding", found.Embedding);
        Same("embedding", found.Logits.Weight.Transposed());
        Same("frequencies", found.InverseFrequencies);
        Same("norm.final", found.FinalNorm.Scale);
        for (var i = 0; i < found.Layers.Count; i++)
        {
            var layer = found.Layers[i];
            foreach (var (role, attention) in new[] { ("self", layer.Self), ("cross", layer.Cross) })
            {
                Same($"{role}.{i}.query", attention.Query.Weight);
                Same($"{role}.{i}.key", attention.Key.Weight);
                Same($"{role}.{i}.value", attention.Value.Weight);
                Same($"{role}.{i}.output", attention.Output.Weight);
            }

            Same($"norm.{i}.self", layer.SelfNorm.Scale);
            Same($"norm.{i}.cross", layer.CrossNorm.Scale);
            Same($"norm.{i}.feed", layer.FeedNorm.Scale);
            Assert.Equal(1e-5f, layer.FeedNorm.Epsilon);
            Same($"feed.{i}.up", layer.Up.Weight);
            Same($"feed.{i}.up.bias", layer.Up.Bias);
            Same($"feed.{i}.down", layer.Down.Weight);
            Same($"feed.{i}.down.bias", layer.Down.Bias);
        }
    }

    [Fact]
    public void A_graph_that_is_no_decoder_is_refused_with_a_reason()
    {
        var graph = new OnnxGraph();
        graph.Outputs.Add(new OnnxValue("logits", ElementType.Float, []));

        var refusal = Assert.Throws<InvalidDataException>(() => DecoderExtractor.Extract(graph));

        Assert.Contains("keys and values", refusal.Message, StringComparison.Ordinal);
    }

    internal static void AssertClose(float[] expected, float[] actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(MathF.Abs(expected[i] - actual[i]) <= tolerance, $"[{i}] {expected[i]} became {actual[i]}");
    }
}
