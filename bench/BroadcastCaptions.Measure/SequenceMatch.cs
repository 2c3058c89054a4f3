namespace BroadcastCaptions.Measure;

/// <summary>
/// Python's <c>difflib.SequenceMatcher(None, a, b, autojunk=False)</c>, to the letter: the longest common run first, then
/// the same to its left and right. The latency figures are defined by what it aligns, so no other alignment will do.
/// </summary>
internal sealed class SequenceMatch
{
    private readonly IReadOnlyList<string> _a;
    private readonly IReadOnlyList<string> _b;
    private readonly Dictionary<string, List<int>> _placesInB = [];

    public SequenceMatch(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        (_a, _b) = (a, b);
        for (var j = 0; j < b.Count; j++)
        {
            if (!_placesInB.TryGetValue(b[j], out var places)) _placesInB[b[j]] = places = [];
            places.Add(j);
        }
    }

    /// <summary>Twice the words in common, over all words; 1 when both are empty.</summary>
    public double Ratio()
    {
        var length = _a.Count + _b.Count;
        return length == 0 ? 1 : 2.0 * Blocks().Sum(block => block.Size) / length;
    }

    /// <summary>Pairs of places of an alignment, and whether their words are equal; replaced runs pair up from their start.</summary>
    public IEnumerable<(int A, int B, bool Same)> Pairs()
    {
        var (i, j) = (0, 0);
        foreach (var (a, b, size) in Blocks().Append((_a.Count, _b.Count, 0)))
        {
            for (var k = 0; k < Math.Min(a - i, b - j); k++) yield return (i + k, j + k, false);
            for (var k = 0; k < size; k++) yield return (a + k, b + k, true);
            (i, j) = (a + size, b + size);
        }
    }

    /// <summary>The common runs, in order. Adjacent ones may stay apart: nothing that is counted depends on it.</summary>
    private List<(int A, int B, int Size)> Blocks()
    {
        var blocks = new List<(int A, int B, int Size)>();
        var open = new Stack<(int ALow, int AHigh, int BLow, int BHigh)>();
        open.Push((0, _a.Count, 0, _b.Count));
        while (open.TryPop(out var part))
        {
            var (a, b, size) = Longest(part.ALow, part.AHigh, part.BLow, part.BHigh);
            if (size == 0) continue;
            blocks.Add((a, b, size));
            open.Push((part.ALow, a, part.BLow, b));
            open.Push((a + size, part.AHigh, b + size, part.BHigh));
        }

        blocks.Sort();
        return blocks;
    }

    /// <summary>The longest common run within the bounds; of equals the earliest in a, then in b.</summary>
    private (int A, int B, int Size) Longest(int aLow, int aHigh, int bLow, int bHigh)
    {
        var best = (A: aLow, B: bLow, Size: 0);
        var endingAt = new Dictionary<int, int>();
        for (var i = aLow; i < aHigh; i++)
        {
            var endingHere = new Dictionary<int, int>();
            foreach (var j in _placesInB.GetValueOrDefault(_a[i], []))
            {
                if (j < bLow) continue;
                if (j >= bHigh) break;
                var size = endingHere[j] = endingAt.GetValueOrDefault(j - 1) + 1;
                if (size > best.Size) best = (i - size + 1, j - size + 1, size);
            }

            endingAt = endingHere;
        }

        return best;
    }
}
