using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>
/// Puts two readings of the same sound together: between any two words that both have, the one is taken that is more probable there. How probable a
/// stretch is tells the word behind it, too, which each reading foretells from its own words; so it is what choosing between whole readings asks, asked of each stretch.
/// </summary>
internal sealed class ReadingBlend
{
    private readonly WordMatch _match = new();

    /// <summary>The better reading, with what the other one has that is more probable.</summary>
    /// <param name="better">The reading that is taken where nothing speaks for the other.</param>
    /// <param name="other">Another reading of the same sound.</param>
    /// <returns><paramref name="better"/> itself where nothing is taken from the other.</returns>
    public ModelText Of(ModelText better, ModelText other)
    {
        var (mine, its) = (better.Words, other.Words);
        var places = _match.Find(its.Select(Timed), mine.Select(Timed));
        var blended = new Words();
        var (from, itsFrom, taken) = (0, 0, false);
        for (var i = 0; i < mine.Count; i++)
        {
            var (first, last) = places[i];
            if (first != last || first < itsFrom) continue;
            var differs = i > from || first > itsFrom;
            var isTaken = differs && Probability(other, itsFrom, first + 1) > Probability(better, from, i + 1);
            if (isTaken) blended.Add(other, itsFrom, first + 1);
            else blended.Add(better, from, i + 1);
            (from, itsFrom, taken) = (i + 1, first + 1, taken || isTaken);
        }

        // How probable it is that nothing more is said no model tells: its words are no reason to say less.
        var isEndTaken = its.Count > itsFrom && Probability(other, itsFrom, its.Count) > Probability(better, from, mine.Count);
        if (isEndTaken) blended.Add(other, itsFrom, its.Count);
        else blended.Add(better, from, mine.Count);
        return taken || isEndTaken ? blended.Of(better) : better;
    }

    private static (string, double, double) Timed(ModelWord word) => word.Heard is { } heard
        ? (word.Text, (double)heard.Start / VoiceWindow.SampleRate, (double)heard.End / VoiceWindow.SampleRate)
        : (word.Text, double.NaN, double.NaN);

    private static double Probability(ModelText text, int from, int to)
    {
        var sum = 0.0;
        for (var word = from; word < to; word++)
            foreach (var token in Tokens(text, word)) sum += token.LogProbability;
        return sum;
    }

    private static IEnumerable<ScoredToken> Tokens(ModelText text, int word)
    {
        var (first, count) = text.Words[word].Tokens.GetOffsetAndLength(text.Tokens.Count);
        for (var token = first; token < first + count; token++) yield return text.Tokens[token];
    }

    /// <summary>The blended reading, as far as it has been decided on.</summary>
    private sealed class Words
    {
        private readonly List<ModelWord> _words = [];
        private readonly List<ScoredToken> _tokens = [];

        public void Add(ModelText text, int from, int to)
        {
            for (var word = from; word < to; word++)
            {
                var first = _tokens.Count;
                _tokens.AddRange(Tokens(text, word));
                var space = _words.Count > 0 && Scripts.NeedsSpaceBetween(_words[^1].Text, text.Words[word].Text);
                _words.Add(text.Words[word] with { Tokens = first.._tokens.Count, SpaceBefore = space });
            }
        }

        public ModelText Of(ModelText text) => text with { Words = _words, Tokens = _tokens };
    }
}
