namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>
/// Quantises weights to 8 bits with one scale a column. A column that was shipped in 8 bits is taken as it was: quantising it a
/// second time would add as much error again.
/// </summary>
internal static class ColumnQuantizer
{
    private const int Largest = 127;
    private const int LeastStep = 8; // the smallest weight of a column is at most so many of its steps
    private const float Rounding = 1e-3f; // of a step: floats are not exact

    /// <summary>Quantises a [K, N] matrix.</summary>
    public static (sbyte[] Values, float[] Scales) Quantize(Matrix matrix)
    {
        var scales = new float[matrix.Columns];
        var column = new float[matrix.Rows];
        for (var i = 0; i < scales.Length; i++)
        {
            for (var row = 0; row < column.Length; row++) column[row] = matrix.Row(row)[i];
            scales[i] = Step(column);
        }

        var values = new sbyte[matrix.Values.Length];
        for (var i = 0; i < values.Length; i++) values[i] = (sbyte)MathF.Round(matrix.Values[i] / scales[i % matrix.Columns]);
        return (values, scales);
    }

    private static float Step(ReadOnlySpan<float> column)
    {
        var (smallest, largest) = (float.MaxValue, 0f);
        foreach (var value in column)
        {
            var size = MathF.Abs(value);
            if (size > 0) smallest = Math.Min(smallest, size);
            largest = Math.Max(largest, size);
        }

        if (largest == 0) return 1;
        for (var steps = 1; steps <= LeastStep && largest * steps <= smallest * (Largest + Rounding); steps++)
            if (AreMultiples(column, smallest / steps)) return smallest / steps;
        return largest / Largest;
    }

    private static bool AreMultiples(ReadOnlySpan<float> column, float step)
    {
        foreach (var value in column)
            if (Math.Abs((value / step) - MathF.Round(value / step)) > Rounding * Math.Max(1, MathF.Abs(value / step) / 16)) return false;
        return true;
    }
}
