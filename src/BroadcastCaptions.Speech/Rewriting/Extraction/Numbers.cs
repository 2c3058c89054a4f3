using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Extraction;

/// <summary>Turns a tensor's bytes into numbers.</summary>
internal static class Numbers
{
    /// <summary>The elements as floats; integers keep their value.</summary>
    /// <exception cref="InvalidDataException">An element type that no speech model uses, or too few bytes.</exception>
    public static float[] Floats(OnnxTensor tensor)
    {
        if (tensor.Data.Length != (long)tensor.Count * tensor.Type.Size())
            throw new InvalidDataException($"Tensor '{tensor.Name}' holds {tensor.Data.Length} bytes for {tensor.Count} elements.");
        var bytes = tensor.Data.Span;
        var floats = new float[tensor.Count];
        switch (tensor.Type)
        {
            case ElementType.Float: bytes.CopyTo(MemoryMarshal.AsBytes(floats.AsSpan())); break;
            case ElementType.Float16: TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), floats); break;
            case ElementType.BFloat16: Convert(MemoryMarshal.Cast<byte, ushort>(bytes), floats, bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)); break;
            case ElementType.Double: Convert(MemoryMarshal.Cast<byte, double>(bytes), floats, value => (float)value); break;
            case ElementType.Int8: Convert(MemoryMarshal.Cast<byte, sbyte>(bytes), floats, value => value); break;
            case ElementType.UInt8 or ElementType.Bool: Convert(bytes, floats, value => value); break;
            case ElementType.Int32: Convert(MemoryMarshal.Cast<byte, int>(bytes), floats, value => value); break;
            default: Convert(MemoryMarshal.Cast<byte, long>(bytes), floats, value => value); break;
        }

        return floats;
    }

    private static void Convert<T>(ReadOnlySpan<T> source, Span<float> destination, Func<T, float> convert)
    {
        for (var i = 0; i < source.Length; i++) destination[i] = convert(source[i]);
    }
}
