using System.Runtime.InteropServices;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>Writes a graph node by node; every node is named after its first output.</summary>
/// <param name="format">How the weights of products are written.</param>
internal sealed class GraphBuilder(WeightFormat format)
{
    private const string Microsoft = "com.microsoft"; // ONNX Runtime's own operators

    private readonly OnnxGraph _graph = new() { Name = "rewritten" };

    /// <summary>Nodes so far.</summary>
    public int Count => _graph.Nodes.Count;

    /// <summary>The model.</summary>
    public OnnxModel Build() => new() { Producer = "BroadcastCaptions", Graph = _graph, Opsets = { [""] = 18, [Microsoft] = 1 } };

    /// <summary>Declares an input.</summary>
    public string Input(string name, ElementType type, params IReadOnlyList<string> shape)
    {
        _graph.Inputs.Add(new OnnxValue(name, type, shape));
        return name;
    }

    /// <summary>Declares an output.</summary>
    public void Output(string name, params IReadOnlyList<string> shape) => _graph.Outputs.Add(new OnnxValue(name, ElementType.Float, shape));

    /// <summary>Adds a constant as it stands.</summary>
    public string Constant(string name, ElementType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> data)
    {
        _graph.Initializers.Add(new OnnxTensor(name, type, shape, data));
        return name;
    }

    /// <summary>Adds a constant of floats.</summary>
    public string Constant(string name, IReadOnlyList<long> shape, ReadOnlySpan<float> values) =>
        Constant(name, ElementType.Float, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Adds a constant of integers.</summary>
    public string Constant(string name, params ReadOnlySpan<long> values) =>
        Constant(name, ElementType.Int64, [values.Length], MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Adds a constant that the original has; "" for none, as ONNX writes absent inputs.</summary>
    public string Constant(string name, Weight? weight) => weight is null ? "" : Constant(name, weight.Shape, weight.Read());

    /// <summary>Adds a node of ONNX's own operators.</summary>
    public string Node(string operation, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, params ReadOnlySpan<OnnxAttribute> attributes) =>
        Add("", operation, inputs, outputs, attributes);

    /// <summary>Adds a node of ONNX Runtime's operators.</summary>
    public string Contrib(string operation, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, params ReadOnlySpan<OnnxAttribute> attributes) =>
        Add(Microsoft, operation, inputs, outputs, attributes);

    /// <summary>Adds a product with a constant matrix.</summary>
    /// <param name="output">Name of the product.</param>
    /// <param name="input">What is multiplied, [.., K].</param>
    /// <param name="matrix">The matrix, [K, N].</param>
    /// <param name="bias">Added to the product, [N]; null for none.</param>
    public string Product(string output, string input, Matrix matrix, float[]? bias = null)
    {
        var added = bias is null ? "" : Constant($"{output}_bias", [bias.Length], bias);
        return format == WeightFormat.Columns ? ColumnProduct(output, input, matrix, added) : FloatProduct(output, input, matrix, added);
    }

    /// <summary>Adds to the residual stream, and normalises it for what comes next.</summary>
    /// <param name="name">Name of the normalised value.</param>
    /// <param name="sum">The residual stream.</param>
    /// <param name="added">What is added to it.</param>
    /// <param name="norm">The norm.</param>
    /// <param name="bias">Added too: the last product's bias; null for none.</param>
    public (string Sum, string Normalized) AddNorm(string name, string sum, string added, Norm norm, Weight? bias = null)
    {
        Contrib("SkipLayerNormalization",
            [sum, added, Constant($"{name}_scale", norm.Scale), Constant($"{name}_shift", norm.Bias), Constant($"{name}_bias", bias)],
            [name, "", "", $"{name}_sum"], Number("epsilon", norm.Epsilon));
        return ($"{name}_sum", name);
    }

    /// <summary>An attribute that is an integer.</summary>
    public static OnnxAttribute Integer(string name, long value) => new(name) { Type = AttributeType.Int, Int = value };

    /// <summary>An attribute that is a number.</summary>
    public static OnnxAttribute Number(string name, float value) => new(name) { Type = AttributeType.Float, Float = value };

    /// <summary>An attribute that is a list of integers.</summary>
    public static OnnxAttribute Integers(string name, params IReadOnlyList<long> values) => new(name) { Type = AttributeType.Ints, Ints = [.. values] };

    private string FloatProduct(string output, string input, Matrix matrix, string bias)
    {
        var product = bias.Length == 0 ? output : $"{output}_product";
        Node("MatMul", [input, Constant($"{output}_weight", [matrix.Rows, matrix.Columns], matrix.Values)], [product]);
        return bias.Length == 0 ? product : Node("Add", [product, bias], [output]);
    }

    private string ColumnProduct(string output, string input, Matrix matrix, string bias)
    {
        var (values, scales) = ColumnQuantizer.Quantize(matrix);
        var weight = Constant($"{output}_weight", ElementType.Int8, [matrix.Rows, matrix.Columns], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        var scale = Constant($"{output}_scale", [matrix.Columns], scales);
        return Contrib("DynamicQuantizeMatMul", bias.Length == 0 ? [input, weight, scale] : [input, weight, scale, "", bias], [output]);
    }

    private string Add(string domain, string operation, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, ReadOnlySpan<OnnxAttribute> attributes)
    {
        var node = new OnnxNode { OpType = operation, Domain = domain, Name = outputs[0] };
        node.Inputs.AddRange(inputs);
        node.Outputs.AddRange(outputs);
        node.Attributes.AddRange(attributes);
        _graph.Nodes.Add(node);
        return outputs[0];
    }
}
