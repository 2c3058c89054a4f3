using System.Runtime.InteropServices;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

/// <summary>How a synthetic decoder writes its weights: the ways in which real exports do.</summary>
public enum Encoding
{
    Plain,
    HalfBehindCast,
    DynamicInteger,
    PerColumn,
    Blocks,
}

/// <summary>
/// A small decoder of Moonshine's architecture with random weights, written in plain ONNX operators as an exporter would: what
/// the rewriter reads, and what its outcome must agree with.
/// </summary>
/// <param name="encoding">How it writes its weights.</param>
/// <param name="merged">Within a branch, as merged exports do?</param>
/// <param name="inSteps">Are all weights multiples of one step, as those of a model that was shipped in 8 bits are?</param>
internal sealed class SyntheticDecoder(Encoding encoding, bool merged = false, bool inSteps = false)
{
    private const float Step = 1 / 127f;

    public const int Width = 40, Heads = 2, HeadSize = 20, Frequencies = 8, Hidden = 48, Vocabulary = 60, Layers = 2;

    private readonly Random _random = new(1);
    private readonly GraphBuilder _graph = new(WeightFormat.Float);
    private int _names;

    /// <summary>Every weight that was made, by its role.</summary>
    public Dictionary<string, float[]> Weights { get; } = [];

    /// <summary>Writes the model: inputs input_ids and encoder_hidden_states, outputs logits and present.*.</summary>
    public OnnxModel Build()
    {
        _graph.Input("input_ids", ElementType.Int64, "1", "S");
        _graph.Input("encoder_hidden_states", ElementType.Float, "1", "T", $"{Width}");
        var embedding = Random("embedding", Vocabulary, Width, 1);
        var sum = Node("Gather", _graph.Constant(Name(), [Vocabulary, Width], embedding), "input_ids");
        var length = Node("Gather", Node("Shape", "input_ids"), _graph.Constant(Name(), 1));
        var (cosine, sine) = Angles(length);
        for (var i = 0; i < Layers; i++)
        {
            sum = Node("Add", sum, Attention($"self.{i}", i, Norm($"norm.{i}.self", sum), null, cosine, sine, length));
            sum = Node("Add", sum, Attention($"cross.{i}", i, Norm($"norm.{i}.cross", sum), "encoder_hidden_states", "", "", length));
            sum = Node("Add", sum, FeedForward(i, Norm($"norm.{i}.feed", sum)));
        }

        var table = _graph.Constant(Name(), [Vocabulary, Width], embedding);
        _graph.Node("MatMul", [Norm("norm.final", sum), Node("Transpose", table)], ["logits"]);
        _graph.Output("logits", "1", "S", $"{Vocabulary}");
        var model = _graph.Build();
        return merged ? Merge(model) : model;
    }

    private static OnnxModel Merge(OnnxModel model)
    {
        var branch = new OnnxGraph { Name = "no_past" };
        branch.Nodes.AddRange(model.Graph.Nodes);
        foreach (var output in model.Graph.Outputs) branch.Outputs.Add(output);
        var choice = new OnnxNode { OpType = "If", Name = "choice" };
        choice.Inputs.Add("use_cache_branch");
        choice.Outputs.AddRange(model.Graph.Outputs.Select(output => output.Name));
        var empty = new OnnxGraph { Name = "with_past" }; // its products are elsewhere: the rewriter must not choose it
        empty.Outputs.AddRange(model.Graph.Outputs);
        choice.Attributes.Add(new OnnxAttribute("then_branch") { Type = AttributeType.Graph, Graph = empty });
        choice.Attributes.Add(new OnnxAttribute("else_branch") { Type = AttributeType.Graph, Graph = branch });
        model.Graph.Nodes.Clear();
        model.Graph.Nodes.Add(choice);
        return model;
    }

    private string Attention(string role, int layer, string input, string? states, string cosine, string sine, string length)
    {
        var query = Split(Product($"{role}.query", input, Width, Width));
        var key = Split(Product($"{role}.key", states ?? input, Width, Width));
        var value = Split(Product($"{role}.value", states ?? input, Width, Width));
        if (states is null) (query, key) = (Rotate(query, cosine, sine), Rotate(key, cosine, sine));
        var kind = states is null ? "decoder" : "encoder";
        foreach (var (part, name) in new[] { ("key", key), ("value", value) })
        {
            _graph.Node("Identity", [name], [$"present.{layer}.{kind}.{part}"]);
            _graph.Output($"present.{layer}.{kind}.{part}", "1", $"{Heads}", "L", $"{HeadSize}");
        }

        var scores = Node("MatMul", query, Node("Transpose", [key], GraphBuilder.Integers("perm", 0, 1, 3, 2)));
        scores = Node("Mul", scores, Scalar(1 / MathF.Sqrt(HeadSize)));
        if (states is null) scores = Node("Add", scores, Mask(length));
        var mixed = Node("MatMul", Node("Softmax", [scores], GraphBuilder.Integer("axis", -1)), value);
        var joined = Node("Reshape", Node("Transpose", [mixed], GraphBuilder.Integers("perm", 0, 2, 1, 3)), _graph.Constant(Name(), 1, -1, Width));
        return Product($"{role}.output", joined, Width, Width);
    }

    private string FeedForward(int layer, string input)
    {
        var up = Node("Add", Product($"feed.{layer}.up", input, Width, 2 * Hidden), Vector($"feed.{layer}.up.bias", 2 * Hidden, 0));
        var (hidden, gate) = (Name(), Name());
        _graph.Node("Split", [up], [hidden, gate], GraphBuilder.Integer("axis", -1), GraphBuilder.Integer("num_outputs", 2));
        var gated = Node("Mul", Node("Mul", gate, Node("Sigmoid", gate)), hidden);
        return Node("Add", Vector($"feed.{layer}.down.bias", Width, 0), Product($"feed.{layer}.down", gated, Hidden, Width));
    }

    private string Norm(string role, string input) // as exporters of opset 14 write it
    {
        var centred = Node("Sub", input, Node("ReduceMean", input, _graph.Constant(Name(), -1)));
        var variance = Node("ReduceMean", Node("Mul", centred, centred), _graph.Constant(Name(), -1));
        var deviation = Node("Sqrt", Node("Add", variance, Scalar(1e-5f)));
        return Node("Mul", Node("Div", centred, deviation), Vector(role, Width, 1));
    }

    private (string Cosine, string Sine) Angles(string length)
    {
        var frequencies = Enumerable.Range(0, Frequencies).Select(i => MathF.Pow(10_000, -i / (float)Frequencies)).ToArray();
        Weights["frequencies"] = frequencies;
        var end = Node("Squeeze", length);
        var positions = Node("Range", Integer(0), end, Integer(1));
        var column = Node("Unsqueeze", Node("Cast", [positions], GraphBuilder.Integer("to", 1)), _graph.Constant(Name(), 1));
        var angles = Node("Mul", column, _graph.Constant(Name(), [1, Frequencies], frequencies));
        return (Node("Cos", angles), Node("Sin", angles));
    }

    private string Rotate(string heads, string cosine, string sine)
    {
        var (turned, passed, even, odd) = (Name(), Name(), Name(), Name());
        _graph.Node("Split", [heads, _graph.Constant(Name(), 2 * Frequencies, HeadSize - (2 * Frequencies))], [turned, passed], GraphBuilder.Integer("axis", -1));
        var pairs = Node("Reshape", turned, _graph.Constant(Name(), 1, Heads, -1, Frequencies, 2));
        _graph.Node("Split", [pairs], [even, odd], GraphBuilder.Integer("axis", -1), GraphBuilder.Integer("num_outputs", 2));
        var last = _graph.Constant(Name(), -1);
        (cosine, sine) = (Node("Unsqueeze", cosine, last), Node("Unsqueeze", sine, last));
        var first = Node("Sub", Node("Mul", even, cosine), Node("Mul", odd, sine));
        var second = Node("Add", Node("Mul", odd, cosine), Node("Mul", even, sine));
        var joined = Node("Concat", [first, second], GraphBuilder.Integer("axis", -1));
        var flat = Node("Reshape", joined, _graph.Constant(Name(), 1, Heads, -1, 2 * Frequencies));
        return Node("Concat", [flat, passed], GraphBuilder.Integer("axis", -1));
    }

    private string Mask(string length)
    {
        var square = Node("Concat", [length, length], GraphBuilder.Integer("axis", 0));
        var ones = Node("Expand", Scalar(-1e9f), square);
        return Node("Trilu", [ones, Integer(1)], GraphBuilder.Integer("upper", 1));
    }

    private string Split(string value) =>
        Node("Transpose", [Node("Reshape", value, _graph.Constant(Name(), 1, -1, Heads, HeadSize))], GraphBuilder.Integers("perm", 0, 2, 1, 3));

    private string Product(string role, string input, int rows, int columns)
    {
        var matrix = new Matrix(rows, columns, Random(role, rows, columns, 0));
        if (encoding == Encoding.Plain) return Node("MatMul", input, _graph.Constant(Name(), [rows, columns], matrix.Values));
        if (encoding == Encoding.HalfBehindCast) return Node("MatMul", input, Node("Cast", [Half(matrix)], GraphBuilder.Integer("to", 1)));
        if (encoding == Encoding.Blocks) return Blocks(input, matrix);
        var scale = Enumerable.Range(0, columns).Select(column => Enumerable.Range(0, rows).Max(row => MathF.Abs(matrix.Row(row)[column])) / 127).ToArray();
        if (encoding == Encoding.DynamicInteger) scale = [scale.Max()];
        var integers = matrix.Values.Select((value, i) => (sbyte)MathF.Round(value / scale[i % columns % scale.Length])).ToArray();
        var weight = _graph.Constant(Name(), ElementType.Int8, [rows, columns], MemoryMarshal.AsBytes(integers.AsSpan()).ToArray());
        var scales = scale.Length == 1 ? Scalar(scale[0]) : _graph.Constant(Name(), [columns], scale);
        if (encoding == Encoding.PerColumn) return Node("MatMul", input, Node("DequantizeLinear", [weight, scales], GraphBuilder.Integer("axis", 1)));
        var (bytes, factor, zero) = (Name(), Name(), Name());
        _graph.Node("DynamicQuantizeLinear", [input], [bytes, factor, zero]);
        var product = Node("Cast", [Node("MatMulInteger", bytes, weight, zero)], GraphBuilder.Integer("to", 1));
        return Node("Mul", product, Node("Mul", factor, scales));
    }

    private string Half(Matrix matrix)
    {
        var halves = matrix.Values.Select(value => (System.Half)value).ToArray();
        return _graph.Constant(Name(), ElementType.Float16, [matrix.Rows, matrix.Columns], MemoryMarshal.AsBytes(halves.AsSpan()).ToArray());
    }

    private string Blocks(string input, Matrix matrix)
    {
        var quantized = BlockQuantizer.Quantize(matrix);
        var packed = _graph.Constant(Name(), ElementType.UInt8, [matrix.Columns, quantized.Blocks, BlockQuantizer.Block], quantized.Packed);
        return _graph.Contrib("MatMulNBits", [input, packed, _graph.Constant(Name(), [quantized.Scales.Length], quantized.Scales)], [Name()],
            GraphBuilder.Integer("K", matrix.Rows), GraphBuilder.Integer("N", matrix.Columns), GraphBuilder.Integer("bits", 8), GraphBuilder.Integer("block_size", BlockQuantizer.Block));
    }

    private float[] Random(string role, int rows, int columns, float middle)
    {
        var spread = middle == 0 ? 2 / MathF.Sqrt(rows) : 1;
        return Weights[role] = [.. Enumerable.Range(0, rows * columns).Select(i => Number(i < columns || i % columns == 0) * spread)];
    }

    private float Number(bool isFirst) // the first of a row, or of a column, tells its step
    {
        var number = (_random.NextSingle() * 2) - 1;
        return !inSteps ? number : isFirst ? Step : MathF.Round(number / Step) * Step;
    }

    private string Vector(string role, int size, float middle)
    {
        Weights[role] = [.. Enumerable.Range(0, size).Select(_ => middle + (_random.NextSingle() * 0.2f) - 0.1f)];
        return _graph.Constant(Name(), [size], Weights[role]);
    }

    private string Scalar(float value) => _graph.Constant(Name(), [], [value]);

    private string Integer(long value) => _graph.Constant(Name(), ElementType.Int64, [], BitConverter.GetBytes(value));

    private string Node(string operation, params IReadOnlyList<string> inputs) => _graph.Node(operation, inputs, [Name()]);

    private string Node(string operation, IReadOnlyList<string> inputs, OnnxAttribute attribute) => _graph.Node(operation, inputs, [Name()], attribute);

    private string Name() => $"n{_names++}"; // says nothing: the rewriter may not read names
}
