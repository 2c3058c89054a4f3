using System.Runtime.InteropServices;
using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>Writes weights as <see cref="PackedFile"/> takes them: one part behind another in the order in which they are wanted.</summary>
internal sealed class PackedWriter(string path) : IDisposable
{
    private readonly FileStream _file = File.Create(path);

    /// <summary>Adds what the file begins with.</summary>
    public void Header<T>(T header)
        where T : unmanaged => Add(MemoryMarshal.AsBytes([header]));

    /// <summary>Adds floats.</summary>
    public void Vector(ReadOnlySpan<float> numbers) => Add(MemoryMarshal.AsBytes(numbers));

    /// <summary>Adds a matrix, in 8 bits with a scale an output: where it was shipped like that, nothing is lost.</summary>
    /// <param name="matrix">[inputs, outputs].</param>
    /// <param name="biases">Added to its product; null for nothing.</param>
    public void Matrix(Matrix matrix, float[]? biases = null) => Write(matrix, biases);

    /// <summary>Adds a matrix without biases, and tells what it is in 8 bits.</summary>
    public Matrix MatrixAsWritten(Matrix matrix)
    {
        var (values, scales) = Write(matrix, biases: null);
        return matrix with { Values = [.. values.Select((value, i) => value * scales[i % scales.Length])] };
    }

    private (sbyte[] Values, float[] Scales) Write(Matrix matrix, float[]? biases)
    {
        var (values, scales) = ColumnQuantizer.Quantize(matrix);
        Vector(scales);
        Vector(biases ?? new float[matrix.Columns]);
        var placed = new sbyte[IntegerMatrix.BytesOf(matrix.Rows, matrix.Columns)];
        for (var i = 0; i < values.Length; i++) placed[IntegerMatrix.PlaceOf(matrix.Rows, i / matrix.Columns, i % matrix.Columns)] = values[i];
        Add(MemoryMarshal.AsBytes(placed.AsSpan()));
        return (values, scales);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Add(ReadOnlySpan<byte> bytes)
    {
        _file.Position = (_file.Position + PackedFile.Alignment - 1) / PackedFile.Alignment * PackedFile.Alignment;
        _file.Write(bytes);
    }
}
