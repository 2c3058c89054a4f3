namespace BroadcastCaptions.Cli;

/// <summary>Finds what a mistyped word was probably meant to be.</summary>
internal static class Nearest
{
    /// <summary>The known word that is fewest letters away, swapped neighbours counted as one; null where more than a third of them differ.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        var near = known.Select(name => (Name: name, Distance: Distance(word.ToLowerInvariant(), name.ToLowerInvariant()))).DefaultIfEmpty((Name: "", Distance: int.MaxValue)).MinBy(pair => pair.Distance);
        return near.Distance <= Math.Max(1, word.TrimStart('-').Length / 3) ? near.Name : null;
    }

    /// <summary>Letters to change, put in, take out or swap with the next one (Damerau's distance, each letter touched once).</summary>
    private static int Distance(string from, string to)
    {
        var lengths = new int[from.Length + 1, to.Length + 1];
        for (var row = 0; row <= from.Length; row++) lengths[row, 0] = row;
        for (var column = 0; column <= to.Length; column++) lengths[0, column] = column;
        for (var row = 1; row <= from.Length; row++)
            for (var column = 1; column <= to.Length; column++)
            {
                var change = lengths[row - 1, column - 1] + (from[row - 1] == to[column - 1] ? 0 : 1);
                var best = Math.Min(change, Math.Min(lengths[row - 1, column], lengths[row, column - 1]) + 1);
                var swapped = row > 1 && column > 1 && from[row - 1] == to[column - 2] && from[row - 2] == to[column - 1];
                lengths[row, column] = swapped ? Math.Min(best, lengths[row - 2, column - 2] + 1) : best;
            }

        return lengths[from.Length, to.Length];
    }
}
