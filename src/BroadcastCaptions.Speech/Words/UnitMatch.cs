namespace BroadcastCaptions.Speech.Words;

/// <summary>
/// What two texts share, in order: their longest common subsequence. Texts of a segment are short (some 40 words) and
/// mostly alike, so only what lies between their common beginning and end is searched. Keeps its buffers.
/// </summary>
internal sealed class UnitMatch
{
    private int[] _of = [];
    private int[] _lengths = [];

    /// <summary>For each unit of the second text, its place in the first; −1 where the first lacks it.</summary>
    public ReadOnlySpan<int> Find(IReadOnlyList<WordUnit> first, IReadOnlyList<WordUnit> second)
    {
        if (_of.Length < second.Count) _of = new int[second.Count * 2];
        var (same, tail) = (0, 0);
        var shorter = Math.Min(first.Count, second.Count);
        while (same < shorter && first[same].Is(second[same])) _of[same] = same++;
        while (tail < shorter - same && first[^(tail + 1)].Is(second[^(tail + 1)]))
        {
            tail++;
            _of[second.Count - tail] = first.Count - tail;
        }

        Between(first, second, same, first.Count - tail, second.Count - tail);
        ToEarliest(first, second);
        return _of.AsSpan(0, second.Count);
    }

    /// <summary>Of equal units the first are those that were there before: texts grow at their end ("some words words" into "some words words words").</summary>
    private void ToEarliest(IReadOnlyList<WordUnit> first, IReadOnlyList<WordUnit> second)
    {
        var free = 0;
        for (var unit = 0; unit < second.Count; unit++)
        {
            var place = _of[unit];
            if (place < 0) continue;
            while (!second[free].Is(first[place])) free++;
            _of[unit] = -1;
            _of[free++] = place;
        }
    }

    private void Between(IReadOnlyList<WordUnit> first, IReadOnlyList<WordUnit> second, int from, int firstTo, int secondTo)
    {
        var (rows, columns) = (firstTo - from, secondTo - from);
        if (_lengths.Length < (rows + 1) * (columns + 1)) _lengths = new int[(rows + 1) * (columns + 1) * 2];
        Array.Clear(_lengths, 0, (rows + 1) * (columns + 1));
        int At(int row, int column) => _lengths[(row * (columns + 1)) + column];
        for (var row = rows - 1; row >= 0; row--)
            for (var column = columns - 1; column >= 0; column--)
                _lengths[(row * (columns + 1)) + column] = first[from + row].Is(second[from + column])
                    ? At(row + 1, column + 1) + 1
                    : Math.Max(At(row + 1, column), At(row, column + 1));
        var at = 0;
        for (var column = 0; column < columns; column++)
        {
            while (at < rows && At(at + 1, column) == At(at, column) && !first[from + at].Is(second[from + column])) at++;
            var taken = at < rows && first[from + at].Is(second[from + column]);
            _of[from + column] = taken ? from + at++ : -1;
        }
    }
}
