using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>
/// Emits what turns Whisper's encoder's states into the keys and values that every layer's cross attention reads: once an encode, one
/// product each for all layers. Outputs "cross_keys" and "cross_values" [layers, B, heads, T, head size], each layer's contiguous, so that the
/// decoder reads them where they lie. Keys are turned, [layers, B, heads, head size, T]: a single query's product with them
/// then runs along memory, where ONNX Runtime's attention would turn them anew at every step (over 750 positions 0.9 → 0.5 ms a step).
/// </summary>
internal static class CrossEmitter
{
    /// <summary>Writes the graph.</summary>
    public static OnnxModel Emit(DecoderWeights weights, WeightFormat format)
    {
        var graph = new GraphBuilder(format);
        var first = weights.Layers[0].Cross.Key;
        var states = graph.Input("encoder_hidden_states", ElementType.Float, "B", "T", $"{first.Inputs}");
        var (layers, heads, size) = ($"{weights.Layers.Count}", $"{weights.Heads}", $"{weights.HeadSize}");
        List<Linear> keys = [.. weights.Layers.Select(layer => layer.Cross.Key)];
        AddTurned(keys);
        graph.Output("cross_keys", layers, "B", heads, size, "T");
        AddByHead("values", [.. weights.Layers.Select(layer => layer.Cross.Value)], "cross_values");
        graph.Output("cross_values", layers, "B", heads, "T", size);
        return graph.Build();

        string AddByHead(string name, List<Linear> parts, string output)
        {
            var product = graph.Product($"{name}_product", states, Matrix.Beside([.. parts.Select(part => Matrix.Of(part.Weight))]), Linear.Biases(parts));
            var split = graph.Node("Reshape", [product, graph.Constant($"{name}_shape", 0, -1, parts.Count, weights.Heads, weights.HeadSize)], [$"{name}_heads"]);
            return graph.Node("Transpose", [split], [output], GraphBuilder.Integers("perm", 2, 0, 3, 1, 4));
        }

        // In two steps: each head's vectors come together, then each head's matrix is turned. In one step every number lands on another page of the memory:
        // 35 ms for the 1,500 positions of tiny's window, against 5. What stands between the two keeps ONNX Runtime from making one of them.
        void AddTurned(List<Linear> parts)
        {
            var apart = AddByHead("keys", parts, "keys_apart");
            var aside = graph.Node("Reshape", [apart, graph.Constant("keys_aside_shape", 1, parts.Count, -1, 0, 0)], ["keys_aside"]);
            var turned = graph.Node("Transpose", [aside], ["keys_turned"], GraphBuilder.Integers("perm", 0, 1, 2, 4, 3));
            graph.Node("Reshape", [turned, graph.Constant("keys_turned_shape", parts.Count, -1, weights.Heads, 0, 0)], ["cross_keys"]);
        }
    }
}
