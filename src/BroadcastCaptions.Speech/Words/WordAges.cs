namespace BroadcastCaptions.Speech.Words;

/// <summary>
/// Remembers since when each word of a changing text has been there. Successive texts are aligned by what they share;
/// the rest is new.
/// </summary>
internal sealed class WordAges
{
    private const double Rounding = 1e-6; // seconds: exactly the time asked counts

    private List<WordUnit> _units = [];
    private List<double> _since = [];
    private List<WordUnit> _newUnits = [];
    private List<double> _newSince = [];
    private readonly List<int> _ends = [];
    private readonly UnitMatch _match = new();

    /// <summary>Words of the last text.</summary>
    public int Count => _ends.Count;

    /// <summary>Takes the next text in.</summary>
    /// <param name="words">Its words, with the seconds from and to which they were heard; not a number: not known.</param>
    /// <param name="now">When it came; on whatever scale the answers are wanted.</param>
    public void Update(IEnumerable<(string Text, double From, double To)> words, double now)
    {
        _newUnits.Clear();
        _newSince.Clear();
        _ends.Clear();
        foreach (var (text, from, to) in words)
        {
            WordUnits.Add(text, _newUnits, from, to);
            _ends.Add(_newUnits.Count);
        }

        foreach (var place in _match.Find(_units, _newUnits)) _newSince.Add(place < 0 ? now : _since[place]);
        (_units, _newUnits) = (_newUnits, _units);
        (_since, _newSince) = (_newSince, _since);
    }

    /// <summary>Since when a word of the last text has been there; bare punctuation as long as what stands before it.</summary>
    public double Since(int word)
    {
        var end = _ends[word];
        var first = word == 0 ? 0 : _ends[word - 1];
        if (first == end) return end == 0 ? double.NegativeInfinity : _since[end - 1];
        var since = _since[first];
        for (var i = first + 1; i < end; i++) since = Math.Max(since, _since[i]);
        return since;
    }

    /// <summary>Has a word of the last text been there for so long, by the moment <paramref name="now"/>?</summary>
    public bool Survived(int word, double now, double time) => now - Since(word) >= time - Rounding;

    /// <summary>Back to nothing.</summary>
    public void Clear()
    {
        _units.Clear();
        _since.Clear();
        _ends.Clear();
    }
}
