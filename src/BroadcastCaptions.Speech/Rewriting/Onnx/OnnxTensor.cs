namespace BroadcastCaptions.Speech.Rewriting.Onnx;

/// <summary>
/// ONNX's TensorProto. The elements are always held as the bytes of raw_data (little-endian), a slice of the file where the
/// file has them so: no copy of a large weight is made until someone asks for its numbers.
/// </summary>
/// <param name="Name">Name of the tensor; empty for one inside an attribute.</param>
/// <param name="Type">Element type.</param>
/// <param name="Dimensions">Shape; empty for a scalar.</param>
/// <param name="Data">The elements, row-major, little-endian.</param>
internal sealed record OnnxTensor(string Name, ElementType Type, IReadOnlyList<long> Dimensions, ReadOnlyMemory<byte> Data)
{
    /// <summary>Number of elements.</summary>
    public int Count => (int)Dimensions.Aggregate(1L, (product, dimension) => product * dimension);

    /// <summary>Number of dimensions.</summary>
    public int Rank => Dimensions.Count;
}
