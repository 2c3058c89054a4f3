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
}
