namespace BroadcastCaptions.Speech.Rewriting.Onnx;

/// <summary>ONNX's NodeProto: one operator call.</summary>
internal sealed class OnnxNode
{
    /// <summary>Name of the node; may be empty.</summary>
    public string Name { get; set; } = "";

    /// <summary>Operator: "MatMul", "Gather" …</summary>
    public string OpType { get; set; } = "";

    /// <summary>Operator set: "" for ONNX's own, "com.microsoft" for ONNX Runtime's.</summary>
    public string Domain { get; set; } = "";

    /// <summary>Names of the values read; "" for an optional one that is absent.</summary>
    public List<string> Inputs { get; } = [];

    /// <summary>Names of the values written.</summary>
    public List<string> Outputs { get; } = [];

    /// <summary>Attributes by name.</summary>
    public List<OnnxAttribute> Attributes { get; } = [];

    /// <summary>Fields that this program does not know, as they were read.</summary>
    public List<ReadOnlyMemory<byte>> Unknown { get; } = [];

    /// <summary>The attribute of that name, or null.</summary>
    public OnnxAttribute? Attribute(string name) => Attributes.Find(attribute => attribute.Name == name);

    /// <summary>An input's name, "" where absent.</summary>
    public string Input(int index) => index < Inputs.Count ? Inputs[index] : "";
}
