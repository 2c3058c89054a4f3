using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>
/// Emits what says at which sound each token looked: the decoder over given tokens in one pass, up to the last of the cross attentions
/// that are asked for, whose scores (before Softmax) come out: "scores" [heads, S, T].
/// </summary>
internal sealed class AlignmentEmitter
{
    private readonly DecoderWeights _weights;
    private readonly GraphBuilder _graph;
    private readonly WeightFormat _format;
    private readonly ILookup<int, int> _asked;
    private readonly OnnxAttribute _heads;
    private readonly OnnxAttribute _scale;

    private AlignmentEmitter(DecoderWeights weights, IReadOnlyList<(int Layer, int Head)> heads, WeightFormat format)
    {
        (_weights, _format, _graph) = (weights, format, new GraphBuilder(format));
        _asked = heads.ToLookup(pair => pair.Layer, pair => pair.Head);
        _heads = GraphBuilder.Integer("num_heads", weights.Heads);
        _scale = GraphBuilder.Number("scale", 1 / MathF.Sqrt(weights.HeadSize));
    }

    /// <summary>Writes the graph.</summary>
    /// <param name="weights">A Whisper decoder's weights.</param>
    /// <param name="heads">Layer and head of the attentions; empty for all heads of the later half of the layers, as the reference has it.</param>
    /// <param name="format">How weights are written.</param>
    /// <exception cref="InvalidDataException">A head that the model does not have.</exception>
    public static OnnxModel Emit(DecoderWeights weights, IReadOnlyList<(int Layer, int Head)> heads, WeightFormat format)
    {
        foreach (var (layer, head) in heads)
            if (layer < 0 || layer >= weights.Layers.Count || head < 0 || head >= weights.Heads)
                throw new InvalidDataException($"The model has no head {head} in layer {layer}, which its alignment_heads name.");
        return new AlignmentEmitter(weights, heads.Count > 0 ? heads : LaterHalf(weights), format).Emit();
    }

    private static List<(int Layer, int Head)> LaterHalf(DecoderWeights weights) =>
    [
        .. from layer in Enumerable.Range(weights.Layers.Count / 2, weights.Layers.Count - (weights.Layers.Count / 2))
           from head in Enumerable.Range(0, weights.Heads)
           select (layer, head),
    ];

    private OnnxModel Emit()
    {
        _graph.Input("input_ids", ElementType.Int64, "1", "S");
        _graph.Input("position_ids", ElementType.Int64, "1", "S");
        WhisperDecoderEmitter.DeclareMask(_graph);
        var (sum, normalized) = WhisperDecoderEmitter.AddTokens(_graph, _weights, _format);
        var (scores, last) = (new List<string>(), _asked.Max(layer => layer.Key));
        for (var i = 0; i <= last; i++)
        {
            var layer = _weights.Layers[i];
            (sum, normalized) = _graph.AddNorm($"cross_norm_{i}", sum, AddSelf(layer.Self, i, normalized), layer.CrossNorm);
            DeclareCross(i, value: i < last);
            var all = WhisperDecoderEmitter.AddScores(_graph, $"cross_{i}", WhisperDecoderEmitter.CrossQuery(_graph, _weights, i, normalized), _weights);
            if (_asked[i].Any()) scores.Add(AddAsked(all, i, [.. _asked[i].Select(head => (long)head)]));
            if (i == last) break;
            var cross = WhisperDecoderEmitter.AddMix(_graph, $"cross_{i}", all, _weights);
            (sum, normalized) = _graph.AddNorm($"feed_norm_{i}", sum, Product($"cross_out_{i}", cross, layer.Cross.Output), layer.FeedNorm);
            var up = Product($"up_{i}", normalized, layer.Up);
            var down = Product($"down_{i}", _graph.Contrib("Gelu", [up], [$"gelu_{i}"]), layer.Down);
            (sum, normalized) = _graph.AddNorm($"next_norm_{i}", sum, down, _weights.Layers[i + 1].SelfNorm);
        }

        _graph.Node("Concat", scores, ["scores"], GraphBuilder.Integer("axis", 0));
        _graph.Output("scores", "H", "S", "T");
        return _graph.Build();
    }

    private void DeclareCross(int layer, bool value)
    {
        var (heads, size) = ($"{_weights.Heads}", $"{_weights.HeadSize}");
        _graph.Input($"cross_key_{layer}", ElementType.Float, "1", heads, size, "T");
        if (value) _graph.Input($"cross_value_{layer}", ElementType.Float, "1", heads, "T", size);
    }

    private string AddSelf(AttentionWeights attention, int i, string normalized)
    {
        var query = Product($"query_{i}", normalized, attention.Query);
        var key = Product($"key_{i}", normalized, attention.Key);
        var value = Product($"value_{i}", normalized, attention.Value);
        var self = _graph.Contrib("MultiHeadAttention", [query, key, value], [$"self_{i}"], _heads, _scale, GraphBuilder.Integer("unidirectional", 1));
        return Product($"self_out_{i}", self, attention.Output);
    }

    /// <summary>The scores of some heads, [heads, S, T].</summary>
    private string AddAsked(string all, int i, long[] heads)
    {
        var single = _graph.Node("Squeeze", [all, _graph.Constant($"batch_{i}", 0)], [$"single_{i}"]);
        return _graph.Node("Gather", [single, _graph.Constant($"heads_{i}", heads)], [$"scores_{i}"], GraphBuilder.Integer("axis", 0));
    }

    private string Product(string name, string input, Linear linear) => _graph.Product(name, input, Matrix.Of(linear.Weight), linear.Bias?.Read());
}
