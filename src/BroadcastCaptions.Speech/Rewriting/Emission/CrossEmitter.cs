using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>
/// Emits what turns the encoder's states into the keys and values that every layer's cross attention reads: once an encode, one
/// product for all layers. Output "cross" [2·layers, B, heads, T, head size]: key and value of the first layer, of the second …,
/// each one contiguous, so that the decoder reads them where they lie.
/// </summary>
internal static class CrossEmitter
{
    /// <summary>Writes the graph.</summary>
    public static OnnxModel Emit(DecoderWeights weights, WeightFormat format)
    {
        var graph = new GraphBuilder(format);
        var parts = weights.Layers.SelectMany(layer => new[] { layer.Cross.Key, layer.Cross.Value }).ToList();
        var states = graph.Input("encoder_hidden_states", ElementType.Float, "B", "T", $"{weights.Layers[0].Cross.Key.Inputs}");
        var product = graph.Product("product", states, Matrix.Beside([.. parts.Select(part => Matrix.Of(part.Weight))]), Linear.Biases(parts));
        var shape = graph.Constant("shape", 0, -1, parts.Count, weights.Heads, weights.HeadSize);
        var heads = graph.Node("Reshape", [product, shape], ["heads"]);
        graph.Node("Transpose", [heads], ["cross"], GraphBuilder.Integers("perm", 2, 0, 3, 1, 4));
        graph.Output("cross", $"{parts.Count}", "B", $"{weights.Heads}", "T", $"{weights.HeadSize}");
        return graph.Build();
    }
}
