using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>
/// Re-emits Moonshine's decoder from its weights: one graph of some 90 nodes for first step, next step and the verification of
/// many tokens, where the export has 1,100 in two branches. What a step costs is nodes, not arithmetic.
/// </summary>
internal sealed class MoonshineDecoderEmitter
{
    /// <summary>Positions for which the rotary embedding is tabulated: 6.5 tokens a second over more than a minute.</summary>
    public const int MaximumPositions = 512;

    private const int HeadGranule = 16; // GroupQueryAttention takes no other head sizes

    private readonly DecoderWeights _weights;
    private readonly WeightFormat _format;
    private readonly GraphBuilder _graph;
    private readonly int _padded;
    private readonly float _scale;

    private MoonshineDecoderEmitter(DecoderWeights weights, WeightFormat format)
    {
        _weights = weights;
        _format = format;
        _graph = new GraphBuilder(format);
        _padded = PaddedHead(weights.HeadSize);
        _scale = 1 / MathF.Sqrt(weights.HeadSize);
    }

    /// <summary>The size of a head in the rewritten graph's cache.</summary>
    public static int PaddedHead(int size) => (size + HeadGranule - 1) / HeadGranule * HeadGranule;

    /// <summary>Writes the decoder.</summary>
    /// <exception cref="InvalidDataException">The weights are not Moonshine's.</exception>
    public static OnnxModel Emit(DecoderWeights weights, WeightFormat format)
    {
        if (weights.InverseFrequencies is null || weights.Positions is not null)
            throw new InvalidDataException("The decoder knows positions otherwise than Moonshine's does.");
        if (weights.Layers.Any(layer => layer.Up.Outputs != 2 * layer.Down.Inputs))
            throw new InvalidDataException("The decoder's feed-forward is not gated as Moonshine's is.");
        return new MoonshineDecoderEmitter(weights, format).Emit();
    }

    private OnnxModel Emit()
    {
        DeclareInputs();
        Rotation.Add(_graph, _weights.InverseFrequencies!.Read(), MaximumPositions);
        var sum = TokenTable.Add(_graph, _weights.Embedding, _format);
        var normalized = _graph.Node("LayerNormalization", [sum, Scale("norm", _weights.Layers[0].SelfNorm)], ["normalized"],
            GraphBuilder.Integer("axis", -1), Epsilon(_weights.Layers[0].SelfNorm));
        for (var i = 0; i < _weights.Layers.Count; i++)
        {
            var next = i + 1 < _weights.Layers.Count ? _weights.Layers[i + 1].SelfNorm : _weights.FinalNorm;
            (sum, normalized) = AddLayer(_weights.Layers[i], i, next, sum, normalized);
        }

        _graph.Product("logits", normalized, Matrix.Of(_weights.Logits.Weight), _weights.Logits.Bias?.Read());
        _graph.Output("logits", "1", "S", $"{_weights.Vocabulary}");
        return _graph.Build();
    }

    private void DeclareInputs()
    {
        _graph.Input("input_ids", ElementType.Int64, "1", "S");
        _graph.Input("last_position", ElementType.Int32, "1"); // GroupQueryAttention's seqlens_k: total − 1
        _graph.Input("total", ElementType.Int32); // past + S
        var (heads, size) = ($"{_weights.Heads}", $"{_weights.HeadSize}");
        for (var i = 0; i < _weights.Layers.Count; i++)
            foreach (var part in (string[])["key", "value"])
            {
                _graph.Input($"past_{part}_{i}", ElementType.Float, "1", heads, "M", $"{_padded}");
                _graph.Output($"present_{part}_{i}", "1", heads, "M", $"{_padded}");
                _graph.Input($"cross_{part}_{i}", ElementType.Float, "1", heads, "T", size);
            }
    }

    private (string Sum, string Normalized) AddLayer(DecoderLayer layer, int i, Norm next, string sum, string normalized)
    {
        var heads = GraphBuilder.Integer("num_heads", _weights.Heads);
        var scale = GraphBuilder.Number("scale", _scale);
        Matrix Padded(Linear linear) => Matrix.Of(linear.Weight).PadColumns(_weights.Heads, _padded);
        var qkv = _graph.Product($"qkv_{i}", normalized, Matrix.Beside([Padded(layer.Self.Query), Padded(layer.Self.Key), Padded(layer.Self.Value)]));
        var self = _graph.Contrib("GroupQueryAttention",
            [qkv, "", "", $"past_key_{i}", $"past_value_{i}", "last_position", "total", Rotation.Cosines, Rotation.Sines],
            [$"self_{i}", $"present_key_{i}", $"present_value_{i}"],
            heads, GraphBuilder.Integer("kv_num_heads", _weights.Heads), GraphBuilder.Integer("do_rotary", 1),
            GraphBuilder.Integer("rotary_interleaved", 1), scale);
        var mixed = _graph.Product($"self_out_{i}", self, Matrix.Of(layer.Self.Output.Weight).PadRows(_weights.Heads, _padded));
        (sum, normalized) = _graph.AddNorm($"cross_norm_{i}", sum, mixed, layer.CrossNorm);
        var query = _graph.Product($"cross_query_{i}", normalized, Matrix.Of(layer.Cross.Query.Weight));
        var cross = _graph.Contrib("MultiHeadAttention", [query, $"cross_key_{i}", $"cross_value_{i}"], [$"cross_{i}"], heads, scale);
        mixed = _graph.Product($"cross_out_{i}", cross, Matrix.Of(layer.Cross.Output.Weight));
        (sum, normalized) = _graph.AddNorm($"feed_norm_{i}", sum, mixed, layer.FeedNorm);
        return _graph.AddNorm($"next_norm_{i}", sum, AddFeedForward(layer, i, normalized), next, layer.Down.Bias);
    }

    private string AddFeedForward(DecoderLayer layer, int i, string normalized)
    {
        var up = _graph.Product($"up_{i}", normalized, Matrix.Of(layer.Up.Weight), layer.Up.Bias?.Read());
        _graph.Node("Split", [up], [$"hidden_{i}", $"gate_{i}"], GraphBuilder.Integer("axis", -1), GraphBuilder.Integer("num_outputs", 2));
        var gate = _graph.Contrib("QuickGelu", [$"gate_{i}"], [$"opened_{i}"], GraphBuilder.Number("alpha", 1)); // alpha 1 is SiLU
        var gated = _graph.Node("Mul", [gate, $"hidden_{i}"], [$"gated_{i}"]);
        return _graph.Product($"down_{i}", gated, Matrix.Of(layer.Down.Weight));
    }

    private string Scale(string name, Norm norm) => _graph.Constant(name, norm.Scale);

    private static OnnxAttribute Epsilon(Norm norm) => GraphBuilder.Number("epsilon", norm.Epsilon);
}
