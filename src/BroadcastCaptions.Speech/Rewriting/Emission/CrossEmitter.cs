using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>
/// Emits what turns the encoder's states into the keys and values that every layer's cross attention reads: once an encode, one
/// product each for all layers. Outputs "cross_keys" and "cross_values" [layers, B, heads, T, head size], each layer's contiguous, so that the
/// decoder reads them where they lie. Whisper's keys are turned, [layers, B, heads, head size, T]: a single query's product with them
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
        if (TurnsKeys(weights)) Add("keys", [.. weights.Layers.Select(layer => layer.Cross.Key)], [2, 0, 3, 4, 1], size, "T");
        else Add("keys", [.. weights.Layers.Select(layer => layer.Cross.Key)], [2, 0, 3, 1, 4], "T", size);
        Add("values", [.. weights.Layers.Select(layer => layer.Cross.Value)], [2, 0, 3, 1, 4], "T", size);
        return graph.Build();

        void Add(string name, List<Linear> parts, long[] turn, string rows, string columns)
        {
            var product = graph.Product($"{name}_product", states, Matrix.Beside([.. parts.Select(part => Matrix.Of(part.Weight))]), Linear.Biases(parts));
            var shape = graph.Constant($"{name}_shape", 0, -1, parts.Count, weights.Heads, weights.HeadSize);
            var split = graph.Node("Reshape", [product, shape], [$"{name}_heads"]);
            graph.Node("Transpose", [split], [$"cross_{name}"], GraphBuilder.Integers("perm", turn));
            graph.Output($"cross_{name}", layers, "B", heads, rows, columns);
        }
    }

    /// <summary>Are the decoder's cross keys turned? Whisper's, which knows learned positions.</summary>
    public static bool TurnsKeys(DecoderWeights weights) => weights.Positions is not null;
}
