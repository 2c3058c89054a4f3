using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Moonshine;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>The most probable text with time marks of several windows at once, by the rules of <see cref="WhisperSearch"/>; a text that begins to repeat itself is cut.</summary>
/// <param name="rules">What may be said.</param>
/// <param name="marks">The vocabulary's marks.</param>
/// <param name="vocabulary">Length of a row of scores.</param>
/// <param name="threads">Threads that read the scores.</param>
internal sealed class RowSearch(TokenRules rules, SpecialTokens marks, int vocabulary, int threads)
{
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = threads };
    private readonly List<Row> _free = [];

    /// <summary>Decodes.</summary>
    /// <param name="decoder">The decoder, a row for every window; it has none afterwards.</param>
    /// <param name="prompt">The marks that say what is asked for, earlier text before them.</param>
    /// <param name="most">Most tokens.</param>
    /// <param name="speaks">Does somebody speak in a window from a second on? Then the text does not end with a pair of marks there: so the model, which learnt to leave
    /// a stretch that the window cuts to the next one, would pass over what nobody hears again.</param>
    /// <returns>Each window's number and answer as it ends, and the decoder's row that still attends to it until the next is asked for.</returns>
    public IEnumerable<(int Window, int Row, Decoded Answer)> Run(DecoderRows decoder, List<int> prompt, int most, Func<int, double, bool> speaks)
    {
        var start = prompt.LastIndexOf(marks.Start);
        decoder.Start(prompt, start);
        var rows = Enumerable.Range(0, decoder.Count).Select(Begin).ToList();
        Each(rows, (row, i) =>
        {
            row.NoSpeech = marks.NoSpeech < 0 ? 0 : row.Scores.Probability(decoder.Scores(i), marks.NoSpeech);
            row.Read(decoder.Scores(i, prompt.Count - 1 - start), rules, marks, speaks);
        });
        while (true)
        {
            for (var i = rows.Count - 1; i >= 0; i--)
            {
                if (rows[i].Take(marks.End, most) is not { } answer) continue;
                yield return (rows[i].Window, i, answer);
                _free.Add(rows[i]);
                decoder.Drop(i);
                rows[i] = rows[^1];
                rows.RemoveAt(rows.Count - 1);
            }

            if (rows.Count == 0) yield break;
            decoder.Step([.. rows.Select(row => row.Next)]);
            Each(rows, (row, i) => row.Read(decoder.Scores(i), rules, marks, speaks));
        }
    }

    private Row Begin(int window)
    {
        var row = _free.Count > 0 ? _free[^1] : new Row(vocabulary);
        if (_free.Count > 0) _free.RemoveAt(_free.Count - 1);
        row.Begin(window);
        return row;
    }

    private void Each(List<Row> rows, Action<Row, int> action)
    {
        if (rows.Count == 1 || threads == 1)
            for (var i = 0; i < rows.Count; i++) action(rows[i], i);
        else Parallel.For(0, rows.Count, _parallel, i => action(rows[i], i));
    }

    /// <summary>What is found of one window.</summary>
    private sealed class Row(int vocabulary)
    {
        private readonly List<ScoredToken> _found = [];
        private readonly float[] _row = new float[vocabulary];
        private ScoredToken _next;
        private double _sum;

        public TokenScores Scores { get; } = new(vocabulary);

        public int Window { get; private set; }

        public float NoSpeech { get; set; }

        public int Next => _next.Id;

        public void Begin(int window)
        {
            _found.Clear();
            (Window, _sum) = (window, 0);
        }

        public void Read(ReadOnlySpan<float> scores, TokenRules rules, SpecialTokens marks, Func<int, double, bool> speaks)
        {
            scores.CopyTo(_row);
            rules.Apply(_row, _found, timestamps: true);
            _next = Scores.Best(_row);
            if (_next.Id != marks.End || _found.Count < 2 || !marks.IsTimestamp(_found[^1].Id) || !marks.IsTimestamp(_found[^2].Id)) return;
            if (!speaks(Window, marks.SecondsOf(_found[^1].Id))) return;
            _row[marks.End] = float.NegativeInfinity;
            _next = Scores.Best(_row);
        }

        /// <summary>Takes the next token; the answer where the text ends with it.</summary>
        public Decoded? Take(int end, int most)
        {
            if (_next.Id == end) return new([.. _found], _sum + _next.LogProbability, NoSpeech, Looped: false);
            _found.Add(_next);
            _sum += _next.LogProbability;
            if (Repetition.Cut(_found)) return new([.. _found], _sum, NoSpeech, Looped: true);
            return _found.Count < most ? null : new([.. _found], _sum, NoSpeech, Looped: false);
        }
    }
}
