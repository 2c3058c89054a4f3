using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>
/// Re-emits Whisper's decoder from its weights: one graph for prompt, next step and the verification of many tokens, with as many
/// layers as the export has (the distilled ones have two). The product with the vocabulary, half of a step's arithmetic, is made for
/// the rows from "first_row" on only: of a long prompt nobody asks the others.
/// </summary>
internal sealed class WhisperDecoderEmitter
{
    /// <summary>
    /// Weights a scale in the products: facts.md §2 measured 1.9 ms a step with 128 and 2.1 with 32.
    /// </summary>
    public const int Block = 128;

    private const int HeadGranule = 16; // GroupQueryAttention takes no other head sizes; Whisper's are 64

    private readonly DecoderWeights _weights;
    private readonly GraphBuilder _graph;
    private readonly WeightFormat _format;
    private readonly int _block;
    private readonly OnnxAttribute _heads;
    private readonly OnnxAttribute _scale;

    private WhisperDecoderEmitter(DecoderWeights weights, WeightFormat format, int block)
    {
        (_weights, _format, _block) = (weights, format, block);
        _graph = new GraphBuilder(format);
        _heads = GraphBuilder.Integer("num_heads", weights.Heads);
        _scale = GraphBuilder.Number("scale", 1 / MathF.Sqrt(weights.HeadSize));
    }

    /// <summary>Writes the decoder.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="format">How they are written.</param>
    /// <param name="block">Weights a scale, where they are written in blocks.</param>
    /// <exception cref="InvalidDataException">The weights are not Whisper's.</exception>
    public static OnnxModel Emit(DecoderWeights weights, WeightFormat format, int block = Block)
    {
        if (weights.Positions is null || weights.InverseFrequencies is not null)
            throw new InvalidDataException("The decoder knows positions otherwise than Whisper's does.");
        if (weights.Layers.Any(layer => layer.Up.Outputs != layer.Down.Inputs))
            throw new InvalidDataException("The decoder's feed-forward is gated, Whisper's is not.");
        if (weights.HeadSize % HeadGranule != 0)
            throw new InvalidDataException($"The decoder's heads are {weights.HeadSize} wide, which is no multiple of {HeadGranule}.");
        return new WhisperDecoderEmitter(weights, format, block).Emit();
    }

    private OnnxModel Emit()
    {
        DeclareInputs();
        var (sum, normalized) = AddTokens(_graph, _weights, _format);
        for (var i = 0; i < _weights.Layers.Count; i++)
        {
            var layer = _weights.Layers[i];
            (sum, normalized) = _graph.AddNorm($"cross_norm_{i}", sum, AddSelf(layer.Self, i, normalized), layer.CrossNorm);
            (sum, normalized) = _graph.AddNorm($"feed_norm_{i}", sum, AddCross(layer.Cross, i, normalized), layer.FeedNorm);
            var next = i + 1 < _weights.Layers.Count ? _weights.Layers[i + 1].SelfNorm : _weights.FinalNorm;
            (sum, normalized) = _graph.AddNorm($"next_norm_{i}", sum, AddFeedForward(layer, i, normalized), next);
        }

        var rows = _graph.Node("Slice",
            [normalized, "first_row", _graph.Constant("end", long.MaxValue), _graph.Constant("along", 1)], ["asked"]);
        Product("logits", rows, _weights.Logits);
        _graph.Output("logits", "B", "R", $"{_weights.Vocabulary}");
        return _graph.Build();
    }

    private void DeclareInputs()
    {
        _graph.Input("input_ids", ElementType.Int64, "B", "S");
        _graph.Input("position_ids", ElementType.Int64, "B", "S");
        _graph.Input("first_row", ElementType.Int64, "1");
        _graph.Input("last_position", ElementType.Int32, "B"); // GroupQueryAttention's seqlens_k: total − 1
        _graph.Input("total", ElementType.Int32); // past + S
        DeclareMask(_graph);
        var (heads, size) = ($"{_weights.Heads}", $"{_weights.HeadSize}");
        for (var i = 0; i < _weights.Layers.Count; i++)
            foreach (var part in (string[])["key", "value"])
            {
                _graph.Input($"past_{part}_{i}", ElementType.Float, "B", heads, "M", size);
                _graph.Output($"present_{part}_{i}", "B", heads, "M", size);
            }

        for (var i = 0; i < _weights.Layers.Count; i++)
        {
            _graph.Input($"cross_key_{i}", ElementType.Float, "B", heads, size, "T");
            _graph.Input($"cross_value_{i}", ElementType.Float, "B", heads, "T", size);
        }
    }

    /// <summary>The tokens' vectors plus their positions', and the first norm of the sum, in one operator.</summary>
    internal static (string Sum, string Normalized) AddTokens(GraphBuilder graph, DecoderWeights weights, WeightFormat format)
    {
        var tokens = TokenTable.Add(graph, weights.Embedding, format);
        var positions = graph.Node("Gather", [graph.Constant("positions", weights.Positions), "position_ids"], ["positioned"]);
        return graph.AddNorm("normalized", tokens, positions, weights.Layers[0].SelfNorm);
    }

    private string AddSelf(AttentionWeights attention, int i, string normalized)
    {
        var parts = (Linear[])[attention.Query, attention.Key, attention.Value];
        var qkv = _graph.Product($"qkv_{i}", normalized, Matrix.Beside([.. parts.Select(part => Matrix.Of(part.Weight))]), Linear.Biases(parts), block: _block);
        var self = _graph.Contrib("GroupQueryAttention",
            [qkv, "", "", $"past_key_{i}", $"past_value_{i}", "last_position", "total"],
            [$"self_{i}", $"present_key_{i}", $"present_value_{i}"],
            _heads, GraphBuilder.Integer("kv_num_heads", _weights.Heads), _scale);
        return Product($"self_out_{i}", self, attention.Output);
    }

    private string AddCross(AttentionWeights attention, int i, string normalized)
    {
        var scores = AddScores(_graph, $"cross_{i}", CrossQuery(_graph, _weights, i, normalized, _block), _weights);
        return Product($"cross_out_{i}", AddMix(_graph, $"cross_{i}", scores, _weights), attention.Output);
    }

    /// <summary>The query of a layer's cross attention, scaled, so that its product with a key is the score.</summary>
    internal static string CrossQuery(GraphBuilder graph, DecoderWeights weights, int layer, string normalized, int block = BlockQuantizer.Block)
    {
        var (query, scale) = (weights.Layers[layer].Cross.Query, 1 / MathF.Sqrt(weights.HeadSize));
        float[] Scaled(float[] values) => [.. values.Select(value => value * scale)];
        var matrix = Matrix.Of(query.Weight);
        return graph.Product($"cross_query_{layer}", normalized, matrix with { Values = Scaled(matrix.Values) }, query.Bias is null ? null : Scaled(query.Bias.Read()), block: block);
    }

    /// <summary>What is added to the scores of the cross attention: nothing where something was heard, much less than nothing behind the end of a shorter window.</summary>
    internal static void DeclareMask(GraphBuilder graph) => graph.Input("cross_mask", ElementType.Float, "B", "1", "1", "T");

    /// <summary>The query's scores against the layer's turned keys, [B, heads, S, T].</summary>
    internal static string AddScores(GraphBuilder graph, string cross, string query, DecoderWeights weights)
    {
        var shape = graph.Constant($"{cross}_by_head", 0, 0, weights.Heads, weights.HeadSize);
        var split = graph.Node("Reshape", [query, shape], [$"{cross}_split"]);
        var turned = graph.Node("Transpose", [split], [$"{cross}_turned"], GraphBuilder.Integers("perm", 0, 2, 1, 3));
        var all = graph.Node("MatMul", [turned, cross.Replace("cross_", "cross_key_", StringComparison.Ordinal)], [$"{cross}_everywhere"]);
        return graph.Node("Add", [all, "cross_mask"], [$"{cross}_scores"]);
    }

    /// <summary>What the scores make of the layer's values, [B, S, width].</summary>
    internal static string AddMix(GraphBuilder graph, string cross, string scores, DecoderWeights weights)
    {
        var shares = graph.Node("Softmax", [scores], [$"{cross}_shares"], GraphBuilder.Integer("axis", -1));
        var mixed = graph.Node("MatMul", [shares, cross.Replace("cross_", "cross_value_", StringComparison.Ordinal)], [$"{cross}_mixed"]);
        var turned = graph.Node("Transpose", [mixed], [$"{cross}_beside"], GraphBuilder.Integers("perm", 0, 2, 1, 3));
        return graph.Node("Reshape", [turned, graph.Constant($"{cross}_whole", 0, 0, weights.Heads * weights.HeadSize)], [cross]);
    }

    private string AddFeedForward(DecoderLayer layer, int i, string normalized)
    {
        var up = Product($"up_{i}", normalized, layer.Up);
        return Product($"down_{i}", _graph.Contrib("Gelu", [up], [$"gelu_{i}"]), layer.Down);
    }

    private string Product(string name, string input, Linear linear) =>
        _graph.Product(name, input, Matrix.Of(linear.Weight), linear.Bias?.Read(), block: _block);
}
