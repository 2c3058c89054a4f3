using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>
/// Re-emits Whisper's encoder with eleven nodes a layer. It takes any number of frames up to the shipped one's 3,000 and gives half
/// as many states: what lies behind the sound need not be computed.
/// </summary>
internal sealed class WhisperEncoderEmitter
{
    private readonly EncoderWeights _weights;
    private readonly WhisperFront _front;
    private readonly GraphBuilder _graph;
    private readonly int _heads;

    private WhisperEncoderEmitter(EncoderWeights weights, int heads, WeightFormat format) =>
        (_weights, _front, _graph, _heads) = (weights, WhisperFront.Read(weights), new GraphBuilder(format), heads);

    /// <summary>Writes the encoder: input_features [B, mels, frames] → last_hidden_state [B, frames / 2, width].</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="heads">Heads of each attention: the encoder's graph does not say, the decoder's does.</param>
    /// <param name="format">How weights are written.</param>
    /// <exception cref="InvalidDataException">The weights are not Whisper's.</exception>
    public static OnnxModel Emit(EncoderWeights weights, int heads, WeightFormat format) => new WhisperEncoderEmitter(weights, heads, format).Emit();

    private OnnxModel Emit()
    {
        var features = _graph.Input("input_features", ElementType.Float, "B", $"{_front.First.Weight.Shape[1]}", "F");
        var convolved = AddConvolution("second", AddConvolution("first", features, _front.First), _front.Second);
        var states = _graph.Node("Transpose", [convolved], ["states"], GraphBuilder.Integers("perm", 0, 2, 1));
        var sum = _graph.Node("Add", [states, AddPositions(states)], ["positioned"]);
        var first = _weights.Layers[0].SelfNorm;
        var normalized = _graph.Node("LayerNormalization", [sum, _graph.Constant("norm_scale", first.Scale), _graph.Constant("norm_shift", first.Bias)],
            ["normalized"], GraphBuilder.Integer("axis", -1), GraphBuilder.Number("epsilon", first.Epsilon));
        for (var i = 0; i < _weights.Layers.Count; i++)
        {
            var layer = _weights.Layers[i];
            (sum, normalized) = _graph.AddNorm($"feed_norm_{i}", sum, AddAttention(layer.Self, i, normalized), layer.FeedNorm);
            var up = Product($"up_{i}", normalized, layer.Up);
            var down = Product($"down_{i}", _graph.Contrib("Gelu", [up], [$"gelu_{i}"]), layer.Down);
            var last = i + 1 == _weights.Layers.Count;
            (sum, normalized) = _graph.AddNorm(last ? "last_hidden_state" : $"next_norm_{i}", sum, down, last ? _weights.FinalNorm : _weights.Layers[i + 1].SelfNorm);
        }

        _graph.Output("last_hidden_state", "B", "T", $"{_weights.Width}");
        return _graph.Build();
    }

    private string AddConvolution(string name, string input, Convolution convolution)
    {
        var output = _graph.Node("Conv", [input, _graph.Constant($"{name}_weight", convolution.Weight), _graph.Constant($"{name}_bias", convolution.Bias)],
            [$"{name}_convolved"], GraphBuilder.Integers("pads", 1, 1), GraphBuilder.Integers("strides", convolution.Stride));
        return _graph.Contrib("Gelu", [output], [$"{name}_gelu"]);
    }

    /// <summary>The vectors of as many positions as there are.</summary>
    private string AddPositions(string states)
    {
        var length = _graph.Node("Shape", [states], ["length"], GraphBuilder.Integer("start", 1), GraphBuilder.Integer("end", 2));
        return _graph.Node("Slice", [_graph.Constant("positions", _front.Positions), _graph.Constant("from", 0), length], ["cut"]);
    }

    private string AddAttention(AttentionWeights attention, int i, string normalized)
    {
        var query = Product($"query_{i}", normalized, attention.Query);
        var key = Product($"key_{i}", normalized, attention.Key);
        var value = Product($"value_{i}", normalized, attention.Value);
        var mixed = _graph.Contrib("MultiHeadAttention", [query, key, value], [$"attention_{i}"],
            GraphBuilder.Integer("num_heads", _heads), GraphBuilder.Number("scale", 1 / MathF.Sqrt(_weights.Width / (float)_heads)));
        return Product($"mixed_{i}", mixed, attention.Output);
    }

    private string Product(string name, string input, Linear linear) => _graph.Product(name, input, Matrix.Of(linear.Weight), linear.Bias?.Read());
}
