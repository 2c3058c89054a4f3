namespace BroadcastCaptions.Speech.Words;

/// <summary>
/// Which words of one text are words of another: compared by their units, so that a compound with a hyphen is the words
/// that it is made of.
/// </summary>
internal sealed class WordMatch
{
    private readonly UnitMatch _match = new();
    private readonly Split _first = new();
    private readonly Split _second = new();
    private readonly HashSet<int> _found = [];
    private Span[] _spans = [];

    /// <summary>For each word of the second text, the words of the first that it is; <see cref="Span.None"/> where the first lacks it.</summary>
    /// <param name="first">Words with the seconds from and to which they were heard; not a number: not known.</param>
    /// <param name="second">The same.</param>
    public ReadOnlySpan<Span> Find(IEnumerable<(string Text, double From, double To)> first, IEnumerable<(string Text, double From, double To)> second)
    {
        _first.Take(first);
        _second.Take(second);
        if (_spans.Length < _second.Words) _spans = new Span[_second.Words * 2];
        var places = _match.Find(_first.Units, _second.Units);
        _found.Clear();
        foreach (var place in places) _found.Add(place);
        for (var word = 0; word < _second.Words; word++) _spans[word] = Of(places[_second.From(word).._second.To(word)]);
        return _spans.AsSpan(0, _second.Words);
    }

    /// <summary>The first text's words that these units are; none where a part of a compound is missing on either side.</summary>
    private Span Of(ReadOnlySpan<int> places)
    {
        if (places.IsEmpty || places.Contains(-1)) return Span.None;
        var span = new Span(_first.WordOf(places[0]), _first.WordOf(places[^1]));
        for (var unit = _first.From(span.First); unit < _first.To(span.Last); unit++)
            if (!_found.Contains(unit)) return Span.None;
        return span;
    }

    /// <summary>Words of the first text.</summary>
    /// <param name="First">The first one's index.</param>
    /// <param name="Last">The last one's index.</param>
    public readonly record struct Span(int First, int Last)
    {
        /// <summary>No word.</summary>
        public static Span None { get; } = new(-1, -1);
    }

    /// <summary>A text's units, and which word each belongs to.</summary>
    private sealed class Split
    {
        private readonly List<int> _ends = [];
        private readonly List<int> _wordOf = [];

        public List<WordUnit> Units { get; } = [];

        public int Words => _ends.Count;

        public void Take(IEnumerable<(string Text, double From, double To)> words)
        {
            Units.Clear();
            _ends.Clear();
            _wordOf.Clear();
            foreach (var (text, from, to) in words)
            {
                WordUnits.Add(text, Units, from, to);
                while (_wordOf.Count < Units.Count) _wordOf.Add(_ends.Count);
                _ends.Add(Units.Count);
            }
        }

        public int WordOf(int unit) => _wordOf[unit];

        public int From(int word) => word == 0 ? 0 : _ends[word - 1];

        public int To(int word) => _ends[word];
    }
}
