namespace BroadcastCaptions.Speech.Rewriting.Onnx;

/// <summary>ONNX's ModelProto: a graph and the operator sets that it speaks.</summary>
internal sealed class OnnxModel
{
    /// <summary>Version of the file format.</summary>
    public long IrVersion { get; set; } = 9;

    /// <summary>Who wrote the file.</summary>
    public string Producer { get; set; } = "";

    /// <summary>Operator sets by domain; the standard one is "".</summary>
    public Dictionary<string, long> Opsets { get; } = [];

    /// <summary>The model's graph.</summary>
    public OnnxGraph Graph { get; set; } = new();

    /// <summary>Fields that this program does not know, as they were read.</summary>
    public List<ReadOnlyMemory<byte>> Unknown { get; } = [];
}

/// <summary>ONNX's GraphProto; also the body of an If's branch, which sees the outer graph's values.</summary>
internal sealed class OnnxGraph
{
    /// <summary>Name of the graph.</summary>
    public string Name { get; set; } = "";

    /// <summary>Nodes in topological order.</summary>
    public List<OnnxNode> Nodes { get; } = [];

    /// <summary>Constant tensors.</summary>
    public List<OnnxTensor> Initializers { get; } = [];

    /// <summary>What is fed.</summary>
    public List<OnnxValue> Inputs { get; } = [];

    /// <summary>What comes out.</summary>
    public List<OnnxValue> Outputs { get; } = [];

    /// <summary>Fields that this program does not know, as they were read.</summary>
    public List<ReadOnlyMemory<byte>> Unknown { get; } = [];
}

/// <summary>ONNX's ValueInfoProto of a tensor: its name, element type and shape.</summary>
/// <param name="Name">Name of the value.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">One string a dimension: a number, a symbol, or "" for unknown.</param>
internal sealed record OnnxValue(string Name, ElementType Type, IReadOnlyList<string> Shape);
