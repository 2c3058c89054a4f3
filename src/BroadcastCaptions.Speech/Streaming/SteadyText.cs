using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>
/// The words of one segment that viewers see under the steady policy. New words are appended once they have survived, or
/// cannot wait any longer. Shown words change only where hypotheses have been without them for a while, the longer the
/// older they are, their case and punctuation likewise; what hypotheses leave out at the end stays: they hesitate.
/// </summary>
internal sealed class SteadyText(DisplayOptions options)
{
    private readonly UnitMatch _match = new();
    private List<ShownWord> _shown = [];
    private List<ShownWord> _next = [];
    private readonly List<string> _shownKeys = [];
    private readonly List<string> _keys = [];

    /// <summary>What is to be shown after the next hypothesis.</summary>
    /// <param name="words">The hypothesis.</param>
    /// <param name="ages">Since when its words have been there.</param>
    /// <param name="now">Seconds of audio taken in.</param>
    public IReadOnlyList<TimedWord> Next(IReadOnlyList<TimedWord> words, WordAges ages, double now)
    {
        _shownKeys.Clear();
        _keys.Clear();
        foreach (var shown in _shown) _shownKeys.Add(WordUnits.Key(shown.Word.Text));
        foreach (var word in words) _keys.Add(WordUnits.Key(word.Text));
        var places = _match.Find(_shownKeys, _keys);
        _next.Clear();
        var (shownFrom, from) = (0, 0);
        for (var i = 0; i < words.Count; i++)
        {
            if (places[i] < 0) continue;
            Within(shownFrom, places[i], words, from, i, ages, now);
            _next.Add(Heard(_shown[places[i]], words[i], now));
            (shownFrom, from) = (places[i] + 1, i + 1);
        }

        AtEnd(shownFrom, words, from, ages, now);
        (_shown, _next) = (_next, _shown);
        return [.. _shown.Select(shown => shown.Word)];
    }

    /// <summary>Between two words that both have: theirs, once it is to be believed, else what is shown.</summary>
    private void Within(int shownFrom, int shownTo, IReadOnlyList<TimedWord> words, int from, int to, WordAges ages, double now)
    {
        var believed = AreGone(shownFrom, shownTo, now);
        for (var i = from; i < to; i++) believed &= ages.Survived(i, now, Patience(words[i], now));
        if (!believed) Keep(shownFrom, shownTo);
        else for (var i = from; i < to; i++) _next.Add(new(words[i], now, now));
    }

    /// <summary>After the last word that both have.</summary>
    private void AtEnd(int shownFrom, IReadOnlyList<TimedWord> words, int from, WordAges ages, double now)
    {
        var to = from;
        while (to < words.Count && (ages.Survived(to, now, options.SteadyAfter) || now - words[to].End.Seconds >= options.ShowWithin)) to++;
        if (to == from || !AreGone(shownFrom, _shown.Count, now)) Keep(shownFrom, _shown.Count);
        else for (var i = from; i < to; i++) _next.Add(new(words[i], now, now));
    }

    /// <summary>A word that was heard again: as it was written, until it has been written otherwise for a while.</summary>
    private ShownWord Heard(ShownWord shown, TimedWord word, double now)
    {
        if (shown.Word.Text == word.Text || now - shown.LastWritten >= Patience(word, now)) return new(word, now, now);
        return shown with { Word = word with { Text = shown.Word.Text, SpaceBefore = shown.Word.SpaceBefore }, LastHeard = now };
    }

    private void Keep(int from, int to) => _next.AddRange(_shown[from..to]);

    private bool AreGone(int from, int to, double now)
    {
        for (var i = from; i < to; i++)
            if (now - _shown[i].LastHeard < Patience(_shown[i].Word, now)) return false;
        return true;
    }

    private double Patience(TimedWord word, double now) =>
        options.ReplaceAfter + (options.ReplaceSlower * Math.Max(0, now - word.End.Seconds));

    /// <summary>A word on screen.</summary>
    /// <param name="Word">The word as it is shown.</param>
    /// <param name="LastHeard">Seconds of audio at the last hypothesis that had it.</param>
    /// <param name="LastWritten">Seconds of audio at the last hypothesis that had it with this case and punctuation.</param>
    private readonly record struct ShownWord(TimedWord Word, double LastHeard, double LastWritten);
}
