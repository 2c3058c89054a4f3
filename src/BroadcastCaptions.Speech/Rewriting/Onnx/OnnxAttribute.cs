namespace BroadcastCaptions.Speech.Rewriting.Onnx;

/// <summary>Kinds of attributes, numbered as in onnx.proto's AttributeProto.AttributeType.</summary>
internal enum AttributeType
{
    /// <summary>Not given, or a kind that is kept as it was read.</summary>
    Undefined = 0,

    /// <summary>A number.</summary>
    Float = 1,

    /// <summary>An integer.</summary>
    Int = 2,

    /// <summary>A text.</summary>
    Text = 3,

    /// <summary>A tensor.</summary>
    Tensor = 4,

    /// <summary>A graph.</summary>
    Graph = 5,

    /// <summary>Numbers.</summary>
    Floats = 6,

    /// <summary>Integers.</summary>
    Ints = 7,
}

/// <summary>ONNX's AttributeProto: exactly one of its values is set.</summary>
/// <param name="name">Name of the attribute.</param>
internal sealed class OnnxAttribute(string name)
{
    /// <summary>Name of the attribute.</summary>
    public string Name { get; set; } = name;

    /// <summary>Which of the values is set.</summary>
    public AttributeType Type { get; set; }

    /// <summary>A number.</summary>
    public float? Float { get; set; }

    /// <summary>An integer.</summary>
    public long? Int { get; set; }

    /// <summary>A text.</summary>
    public string? Text { get; set; }

    /// <summary>A tensor, as of a Constant node.</summary>
    public OnnxTensor? Tensor { get; set; }

    /// <summary>A graph, as of an If's branch.</summary>
    public OnnxGraph? Graph { get; set; }

    /// <summary>Numbers.</summary>
    public List<float>? Floats { get; set; }

    /// <summary>Integers.</summary>
    public List<long>? Ints { get; set; }

    /// <summary>Fields that this program does not know, as they were read.</summary>
    public List<ReadOnlyMemory<byte>> Unknown { get; } = [];

    /// <summary>Sets the value that its type names where the writer left a zero or an empty list out.</summary>
    public void SetDefault()
    {
        if (Type == AttributeType.Float) Float ??= 0;
        if (Type == AttributeType.Int) Int ??= 0;
        if (Type == AttributeType.Text) Text ??= "";
        if (Type == AttributeType.Floats) Floats ??= [];
        if (Type == AttributeType.Ints) Ints ??= [];
    }
}
