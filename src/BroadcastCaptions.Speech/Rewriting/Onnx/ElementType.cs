namespace BroadcastCaptions.Speech.Rewriting.Onnx;

/// <summary>Element types of tensors, numbered as in onnx.proto's TensorProto.DataType.</summary>
internal enum ElementType
{
    /// <summary>Not given.</summary>
    Undefined = 0,

    /// <summary>32-bit float.</summary>
    Float = 1,

    /// <summary>Unsigned byte.</summary>
    UInt8 = 2,

    /// <summary>Signed byte.</summary>
    Int8 = 3,

    /// <summary>32-bit integer.</summary>
    Int32 = 6,

    /// <summary>64-bit integer.</summary>
    Int64 = 7,

    /// <summary>Boolean, one byte.</summary>
    Bool = 9,

    /// <summary>IEEE half.</summary>
    Float16 = 10,

    /// <summary>64-bit float.</summary>
    Double = 11,

    /// <summary>Upper half of a 32-bit float.</summary>
    BFloat16 = 16,
}

/// <summary>Sizes of element types.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    /// <exception cref="InvalidDataException">A type that no speech model uses.</exception>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.UInt8 or ElementType.Int8 or ElementType.Bool => 1,
        ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.Float or ElementType.Int32 => 4,
        ElementType.Int64 or ElementType.Double => 8,
        _ => throw new InvalidDataException($"Tensors of element type {(int)type} are not supported."),
    };
}
