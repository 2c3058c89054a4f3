using BroadcastCaptions.Speech.Rewriting.Extraction;

namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>A dense matrix, row-major: what weights are rearranged as before they are written.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="Values">The elements.</param>
internal sealed record Matrix(int Rows, int Columns, float[] Values)
{
    /// <summary>Decodes a weight of two dimensions.</summary>
    public static Matrix Of(Weight weight) => new(weight.Rows, weight.Columns, weight.Read());

    /// <summary>One row.</summary>
    public Span<float> Row(int index) => Values.AsSpan(index * Columns, Columns);

    /// <summary>Matrices of the same height, side by side.</summary>
    public static Matrix Beside(IReadOnlyList<Matrix> parts)
    {
        var whole = new Matrix(parts[0].Rows, parts.Sum(part => part.Columns), new float[parts.Sum(part => part.Values.Length)]);
        for (var row = 0; row < whole.Rows; row++)
        {
            var target = whole.Row(row);
            foreach (var part in parts)
            {
                part.Row(row).CopyTo(target);
                target = target[part.Columns..];
            }
        }

        return whole;
    }

    /// <summary>Columns in groups of a head's size, each widened with zeros to <paramref name="padded"/>: zeros change no dot product.</summary>
    public Matrix PadColumns(int heads, int padded)
    {
        var size = Columns / heads;
        var result = new Matrix(Rows, heads * padded, new float[Rows * heads * padded]);
        for (var row = 0; row < Rows; row++)
            for (var head = 0; head < heads; head++)
                Row(row).Slice(head * size, size).CopyTo(result.Row(row)[(head * padded)..]);
        return result;
    }

    /// <summary>Rows in groups of a head's size, each lengthened with rows of zeros to <paramref name="padded"/>.</summary>
    public Matrix PadRows(int heads, int padded)
    {
        var size = Rows / heads;
        var result = new Matrix(heads * padded, Columns, new float[heads * padded * Columns]);
        for (var row = 0; row < Rows; row++) Row(row).CopyTo(result.Row((row / size * padded) + (row % size)));
        return result;
    }
}
