using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>Re-emits the layers of Moonshine's encoder: eleven nodes each where the export has a hundred. What lies before them, <see cref="StemPacker"/> writes.</summary>
internal sealed class MoonshineEncoderEmitter
{
    private const int MaximumPositions = 4096; // 98 s: twice what the model can use

    private readonly EncoderWeights _weights;
    private readonly GraphBuilder _graph;
    private readonly int _heads;

    private MoonshineEncoderEmitter(EncoderWeights weights, int heads, WeightFormat format) => (_weights, _graph, _heads) = (weights, new GraphBuilder(format), heads);

    /// <summary>Writes the encoder.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="heads">Heads of each attention: the encoder's graph does not say, the decoder's does.</param>
    /// <param name="format">How weights are written.</param>
    /// <exception cref="InvalidDataException">The weights are not Moonshine's.</exception>
    public static OnnxModel Emit(EncoderWeights weights, int heads, WeightFormat format)
    {
        if (weights.InverseFrequencies is null) throw new InvalidDataException("The encoder knows positions otherwise than Moonshine's does.");
        return new MoonshineEncoderEmitter(weights, heads, format).Emit();
    }

    /// <summary>Names of what a layer's two norms give: that before its attention, and that before its feed-forward.</summary>
    public static string[] Norms(int layer) => [layer == 0 ? "normalized" : $"next_norm_{layer - 1}", $"feed_norm_{layer}"];

    private OnnxModel Emit()
    {
        var sum = _graph.Input(MoonshineEncoder.Steps, ElementType.Float, "1", "T", $"{_weights.Width}");
        Rotation.Add(_graph, _weights.InverseFrequencies!.Read(), MaximumPositions);
        _graph.Constant("start", 0);
        var normalized = _graph.Node("LayerNormalization", [sum, _graph.Constant("norm", _weights.Layers[0].SelfNorm.Scale)], ["normalized"],
            GraphBuilder.Integer("axis", -1), GraphBuilder.Number("epsilon", _weights.Layers[0].SelfNorm.Epsilon));
        for (var i = 0; i < _weights.Layers.Count; i++)
        {
            var layer = _weights.Layers[i];
            (sum, normalized) = _graph.AddNorm($"feed_norm_{i}", sum, AddAttention(layer.Self, i, normalized), layer.FeedNorm);
            var up = _graph.Product($"up_{i}", normalized, Matrix.Of(layer.Up.Weight), layer.Up.Bias?.Read());
            var down = _graph.Product($"down_{i}", _graph.Contrib("Gelu", [up], [$"gelu_{i}"]), Matrix.Of(layer.Down.Weight));
            var last = i + 1 == _weights.Layers.Count;
            (sum, normalized) = _graph.AddNorm(last ? "last_hidden_state" : $"next_norm_{i}", sum, down,
                last ? _weights.FinalNorm : _weights.Layers[i + 1].SelfNorm, layer.Down.Bias);
        }

        _graph.Output("last_hidden_state", "1", "T", $"{_weights.Width}");
        return _graph.Build();
    }

    private string AddAttention(AttentionWeights attention, int i, string normalized)
    {
        var (size, rotated) = (_weights.Width / _heads, 2 * (int)_weights.InverseFrequencies!.Count);
        var both = _graph.Product($"query_key_{i}", normalized, Matrix.Beside([Matrix.Of(attention.Query.Weight), Matrix.Of(attention.Key.Weight)]));
        both = _graph.Contrib("RotaryEmbedding", [both, "start", Rotation.Cosines, Rotation.Sines], [$"rotated_{i}"],
            GraphBuilder.Integer("interleaved", 1), GraphBuilder.Integer("num_heads", 2 * _heads), GraphBuilder.Integer("rotary_embedding_dim", rotated));
        _graph.Node("Split", [both], [$"query_{i}", $"key_{i}"], GraphBuilder.Integer("axis", -1), GraphBuilder.Integer("num_outputs", 2));
        var value = _graph.Product($"value_{i}", normalized, Matrix.Of(attention.Value.Weight));
        var mixed = _graph.Contrib("MultiHeadAttention", [$"query_{i}", $"key_{i}", value], [$"attention_{i}"],
            GraphBuilder.Integer("num_heads", _heads), GraphBuilder.Number("scale", 1 / MathF.Sqrt(size)));
        return _graph.Product($"mixed_{i}", mixed, Matrix.Of(attention.Output.Weight));
    }
}
