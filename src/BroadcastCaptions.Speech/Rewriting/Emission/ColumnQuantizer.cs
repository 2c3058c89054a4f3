namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>Quantises weights to 8 bits with one scale a column.</summary>
internal static class ColumnQuantizer
{
    /// <summary>Quantises a [K, N] matrix.</summary>
    public static (sbyte[] Values, float[] Scales) Quantize(Matrix matrix)
    {
        var scales = new float[matrix.Columns];
        for (var row = 0; row < matrix.Rows; row++)
            for (var column = 0; column < matrix.Columns; column++)
                scales[column] = Math.Max(scales[column], Math.Abs(matrix.Row(row)[column]) / 127);
        var values = new sbyte[matrix.Values.Length];
        for (var i = 0; i < values.Length; i++) values[i] = (sbyte)MathF.Round(matrix.Values[i] / Math.Max(scales[i % matrix.Columns], 1e-20f));
        return (values, scales);
    }
}
