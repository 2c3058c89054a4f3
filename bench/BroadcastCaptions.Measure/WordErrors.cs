namespace BroadcastCaptions.Measure;

/// <summary>Word errors, summed over files.</summary>
/// <param name="Edits">Substitutions, deletions and insertions.</param>
/// <param name="Words">Words of the references.</param>
/// <param name="Files">How many files were compared.</param>
/// <param name="Empty">How many files have words in the reference and none in the output.</param>
public sealed record WordErrors(int Edits, int Words, int Files, int Empty)
{
    /// <summary>Nothing compared yet.</summary>
    public static WordErrors None { get; } = new(0, 0, 0, 0);

    /// <summary>Word error rate in percent, 0 where there are no words.</summary>
    public double Percent => 100.0 * Edits / Math.Max(1, Words);

    /// <summary>The errors of one file.</summary>
    /// <param name="reference">What was said, normalised.</param>
    /// <param name="output">What was recognised, normalised.</param>
    public static WordErrors Of(IReadOnlyList<string> reference, IReadOnlyList<string> output) =>
        new(FewestEdits(reference, output), reference.Count, 1, reference.Count > 0 && output.Count == 0 ? 1 : 0);

    /// <summary>The sum of two counts.</summary>
    public static WordErrors operator +(WordErrors a, WordErrors b) =>
        new(a.Edits + b.Edits, a.Words + b.Words, a.Files + b.Files, a.Empty + b.Empty);

    /// <summary>Fewest substitutions, deletions and insertions that turn the reference into the output (Levenshtein).</summary>
    public static int FewestEdits(IReadOnlyList<string> reference, IReadOnlyList<string> output)
    {
        var above = Enumerable.Range(0, output.Count + 1).ToArray();
        for (var i = 0; i < reference.Count; i++)
        {
            var row = new int[output.Count + 1];
            row[0] = i + 1;
            for (var j = 0; j < output.Count; j++)
            {
                var replaced = above[j] + (reference[i] == output[j] ? 0 : 1);
                row[j + 1] = Math.Min(replaced, Math.Min(above[j + 1], row[j]) + 1);
            }

            above = row;
        }

        return above[^1];
    }
}
