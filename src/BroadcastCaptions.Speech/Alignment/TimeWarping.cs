namespace BroadcastCaptions.Speech.Alignment;

/// <summary>Dynamic time warping: the cheapest way through a matrix of costs from its first corner to its last, by steps right, down or both.</summary>
internal static class TimeWarping
{
    private const byte Both = 0, Down = 1, Right = 2;

    /// <summary>The column at which the cheapest way enters each row.</summary>
    /// <param name="costs">[rows, columns].</param>
    /// <param name="rows">Rows, at least one.</param>
    /// <param name="columns">Columns, at least one.</param>
    public static int[] Entries(ReadOnlySpan<float> costs, int rows, int columns)
    {
        var trace = new byte[(rows + 1) * (columns + 1)];
        var above = new float[columns + 1];
        var row = new float[columns + 1];
        Array.Fill(above, float.PositiveInfinity);
        above[0] = 0;
        for (var i = 1; i <= rows; i++, (above, row) = (row, above))
        {
            row[0] = float.PositiveInfinity;
            for (var j = 1; j <= columns; j++)
            {
                var (both, down, right) = (above[j - 1], above[j], row[j - 1]);
                var (least, step) = both < down && both < right ? (both, Both) : down < both && down < right ? (down, Down) : (right, Right);
                row[j] = costs[((i - 1) * columns) + j - 1] + least;
                trace[(i * (columns + 1)) + j] = step;
            }
        }

        return Back(trace, rows, columns);
    }

    private static int[] Back(byte[] trace, int rows, int columns)
    {
        var entries = new int[rows];
        for (var (i, j) = (rows, columns); i > 0 && j > 0;)
        {
            entries[i - 1] = j - 1; // walking back, the last one written is the first column
            var step = trace[(i * (columns + 1)) + j];
            if (step != Right) i--;
            if (step != Down) j--;
        }

        return entries;
    }
}
