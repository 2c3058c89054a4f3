using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>
/// The words of one segment that viewers see. New words are appended once they have survived, or cannot wait any longer.
/// Shown words change only where hypotheses have been without them for a while, their case and punctuation likewise; what
/// hypotheses leave out at the end stays: they hesitate. Words spoken long enough ago are settled: they never change
/// again, and nothing is put between them, whatever later hypotheses and the final say. Shown words are replaced by more
/// words only while these are young: what was spoken long ago would come late and push on what has been read.
/// </summary>
/// <param name="patience">How long is waited for what.</param>
internal sealed class SteadyText(Patience patience)
{
    /// <summary>Seconds by which two estimates of a word's time may differ: farther apart, it is another word that sounds the same.</summary>
    private const double SameTime = 0.6;

    /// <summary>
    /// By how much longer words must survive that stand behind one which is in doubt. Measured by bench/tune, tiny (some 1900 words) and base (some 950):
    /// letting them pass at all, words' p95 0.82 → 0.72 and 0.94 → 0.74 s, normalised erasure 0.10 → 0.16 and 0.15 → 0.20; with this factor 0.74 and 0.79 s, 0.13 and 0.18.
    /// </summary>
    private const double BehindDoubt = 1.25;

    /// <summary>
    /// Shown words that may stand behind one that is read otherwise: where more do, the reader is past it. Measured by bench/tune, tiny, some
    /// 1900 words: normalised erasure 0.13 → 0.12, nothing later, as many words wrong on screen.
    /// </summary>
    private const int MostBehind = 5;

    private readonly WordMatch _match = new();
    private List<ShownWord> _shown = [];
    private List<ShownWord> _next = [];
    private readonly List<double> _ends = []; // of the last hypothesis' words
    private double _before = double.NegativeInfinity; // seconds of audio that it had heard
    private double _stalled = double.NaN; // seconds of audio since which hypotheses have had words behind the shown ones

    /// <summary>The words that are shown.</summary>
    public IReadOnlyList<TimedWord> Words => [.. _shown.Select(shown => shown.Word)];

    /// <summary>Is nothing shown?</summary>
    public bool IsEmpty => _shown.Count == 0;

    /// <summary>How many leading words will not change any more.</summary>
    public int Settled { get; private set; }

    /// <summary>Takes the next hypothesis of a segment that still grows in.</summary>
    /// <param name="words">The hypothesis.</param>
    /// <param name="ages">Since when its words have been there.</param>
    /// <param name="now">Seconds of audio taken in.</param>
    public void Partial(IReadOnlyList<TimedWord> words, WordAges ages, double now)
    {
        Settle(now);
        Take(words, ages, now);
        _before = now;
        _ends.Clear();
        foreach (var word in words) _ends.Add(word.End.Seconds);
    }

    /// <summary>Takes the last word on the segment in: what is not settled is as it says.</summary>
    /// <param name="words">The final.</param>
    /// <param name="now">Seconds of audio taken in.</param>
    /// <param name="isFollowed">Are words of the next segment on screen already?</param>
    public void Final(IReadOnlyList<TimedWord> words, double now, bool isFollowed)
    {
        Take(words, null, now, isFollowed);
        Settled = _shown.Count;
    }

    /// <summary>
    /// Takes out what lies behind a cut, as far as the final on this side of it does not have it: the next segment goes on
    /// with these words.
    /// </summary>
    /// <param name="words">The final.</param>
    /// <param name="cut">Seconds of media time.</param>
    /// <param name="next">The next segment's text, still empty.</param>
    public void SplitInto(SteadyText next, IReadOnlyList<TimedWord> words, double cut)
    {
        var places = Match(words);
        var keep = 0;
        while (keep < _shown.Count && WordTimes.Middle(_shown[keep].Word) < cut) keep++;
        for (var i = 0; i < words.Count; i++)
            if (places[i].Last >= keep && IsSame(_shown[places[i].Last].Word, words[i])) keep = places[i].Last + 1;
        next._shown.AddRange(_shown[keep..]);
        next.Settled = Math.Max(0, Settled - keep);
        _shown.RemoveRange(keep, _shown.Count - keep);
        Settled = Math.Min(Settled, keep);
    }

    private static bool IsSame(TimedWord shown, TimedWord heard) => Math.Abs(WordTimes.Middle(shown) - WordTimes.Middle(heard)) <= SameTime;

    /// <summary>Walks along what shown text and hypothesis have in common, and decides on what lies between.</summary>
    /// <param name="words">The hypothesis.</param>
    /// <param name="ages">Since when its words have been there; null for a final, which is believed at once.</param>
    /// <param name="now">Seconds of audio taken in.</param>
    /// <param name="isFollowed">Are words of the next segment on screen already?</param>
    private void Take(IReadOnlyList<TimedWord> words, WordAges? ages, double now, bool isFollowed = false)
    {
        var places = Match(words);
        var (shownFrom, from) = (Settled, Begin(words, places));
        for (var i = from; i < words.Count; i++)
        {
            var (first, last) = places[i];
            if (last < Settled) continue;
            if (last >= shownFrom)
            {
                Within(shownFrom, Math.Max(first, shownFrom), words, from, i, ages, now);
                if (ages is null) Add(words[i], now);
                else AddHeard(Math.Max(first, shownFrom), last, words[i], now);
                shownFrom = last + 1;
            }

            from = i + 1;
        }

        if (ages is null) EndOfFinal(shownFrom, words, from, now, isFollowed);
        else EndOfPartial(shownFrom, words, from, ages, now);
        Swap();
    }

    private void Settle(double now)
    {
        while (Settled < _shown.Count && now - _shown[Settled].Word.End.Seconds >= patience.SettleAfter) Settled++;
    }

    private ReadOnlySpan<WordMatch.Span> Match(IReadOnlyList<TimedWord> words) => _match.Find(_shown.Select(shown => (shown.Word.Text, shown.Word.Start.Seconds, shown.Word.End.Seconds)), words.Select(word => (word.Text, word.Start.Seconds, word.End.Seconds)));

    /// <summary>Keeps the settled words, and finds where in the hypothesis that which follows them begins.</summary>
    private int Begin(IReadOnlyList<TimedWord> words, ReadOnlySpan<WordMatch.Span> places)
    {
        _next.Clear();
        Keep(0, Settled);
        var from = 0;
        if (Settled == 0) return 0;
        for (var i = 0; i < words.Count; i++)
            if (places[i].Last >= 0 && places[i].Last < Settled && IsSame(_shown[places[i].Last].Word, words[i])) from = i + 1;
        var settledTo = _shown[Settled - 1].Word.End.Seconds;
        while (from < words.Count && places[from].Last < Settled && WordTimes.Middle(words[from]) < settledTo) from++; // other readings of settled words
        return from;
    }

    /// <summary>Between two words that both have: theirs, once it is to be believed, else what is shown.</summary>
    private void Within(int shownFrom, int shownTo, IReadOnlyList<TimedWord> words, int from, int to, WordAges? ages, double now)
    {
        var believed = !AreLate(words, from + shownTo - shownFrom, to, now);
        if (ages is not null)
        {
            believed &= AreGone(shownFrom, shownTo, now) && (_shown.Count - shownTo <= MostBehind || !patience.WaitsForHesitation);
            for (var i = from; i < to; i++) believed &= ages.Survived(i, now, patience.Replace(words[i], now));
        }

        if (!believed) Keep(shownFrom, shownTo);
        else for (var i = from; i < to; i++) Add(words[i], now);
    }

    /// <summary>After the last word that a final and shown text have in common.</summary>
    private void EndOfFinal(int shownFrom, IReadOnlyList<TimedWord> words, int from, double now, bool isFollowed)
    {
        var more = from + _shown.Count - shownFrom;
        if (isFollowed && words.Count > more) Keep(shownFrom, _shown.Count); // what has been read behind the cut is not pushed on
        else Replace(shownFrom, words, from, words.Count, now, AreLate(words, more, words.Count, now));
    }

    /// <summary>After the last word that a hypothesis and shown text have in common.</summary>
    private void EndOfPartial(int shownFrom, IReadOnlyList<TimedWord> words, int from, WordAges ages, double now)
    {
        if (!AreGone(shownFrom, _shown.Count, now))
        {
            // They may come back; what was spoken after them does not wait for that, but nor is it hurried on.
            Keep(shownFrom, _shown.Count);
            var last = BelievedTo(words, from, ages, now, patience.SteadyAfter * BehindDoubt, double.PositiveInfinity);
            AddBehind(words, from + _shown.Count - shownFrom, last, now);
            return;
        }

        var to = BelievedTo(words, from, ages, now, patience.SteadyAfter, patience.ShowWithin);
        if (to == from && patience.WaitsForHesitation) Keep(shownFrom, _shown.Count);
        else Replace(shownFrom, words, from, to, now, AreLate(words, from + _shown.Count - shownFrom, to, now));
    }

    /// <summary>Puts words in place of shown ones, or behind them where it is too late for that.</summary>
    private void Replace(int shownFrom, IReadOnlyList<TimedWord> words, int from, int to, double now, bool isLate)
    {
        if (shownFrom == _shown.Count || !isLate)
        {
            Append(words, from, to, now);
            return;
        }

        Keep(shownFrom, _shown.Count);
        AddBehind(words, from, to, now);
    }

    /// <summary>Adds those of the words that were spoken after everything that is shown.</summary>
    private void AddBehind(IReadOnlyList<TimedWord> words, int from, int to, double now)
    {
        while (from < to && WordTimes.Middle(words[from]) < _shown[^1].Word.End.Seconds) from++;
        Append(words, from, to, now);
    }

    private void Append(IReadOnlyList<TimedWord> words, int from, int to, double now)
    {
        if (to > from) _stalled = to < words.Count ? now : double.NaN;
        for (var i = from; i < to; i++) Add(words[i], now);
    }

    /// <summary>Up to where words have survived, or cannot wait any longer.</summary>
    private int BelievedTo(IReadOnlyList<TimedWord> words, int from, WordAges ages, double now, double steadyAfter, double showWithin)
    {
        var to = from;
        var waited = WaitedFor(now - showWithin);
        if (from < words.Count && double.IsNaN(_stalled)) _stalled = now;
        while (to < words.Count && (ages.Survived(to, now, steadyAfter) || (now - words[to].End.Seconds >= showWithin && (to < waited || words[to].End.Seconds > _before))
            || now - _stalled >= patience.ShowStalled)) to++;
        return to;
    }

    /// <summary>
    /// How many words the hypothesis before had up to a moment: where this one has more of what both heard, one of the two is mistaken, and the next one says which. Measured by bench/tune, without
    /// it: base (some 470 words) 7 words later than 1.5 s instead of 1, 19.6 % wrong on screen instead of 16.3; tiny (some 940) normalised erasure 0.16 instead of 0.13.
    /// </summary>
    private int WaitedFor(double moment)
    {
        var count = 0;
        while (count < _ends.Count && _ends[count] <= moment) count++;
        return count;
    }

    /// <summary>Has any of the words beyond the shown ones' places been spoken too long ago to be put in?</summary>
    private bool AreLate(IReadOnlyList<TimedWord> words, int from, int to, double now)
    {
        for (var i = from; i < to; i++)
            if (now - words[i].End.Seconds > patience.InsertWithin) return true;
        return false;
    }

    private void Add(TimedWord word, double now) => _next.Add(new(word, now, now));

    /// <summary>What stands for the heard word: itself, or the parts of a compound.</summary>
    private void AddHeard(int first, int last, TimedWord word, double now)
    {
        if (first == last && WordUnits.Key(_shown[first].Word.Text) == WordUnits.Key(word.Text)) _next.Add(Heard(_shown[first], word, now));
        else for (var i = first; i <= last; i++) _next.Add(_shown[i] with { LastHeard = now });
    }

    /// <summary>A word that was heard again: as it was written, until it has been written otherwise for a while.</summary>
    private ShownWord Heard(ShownWord shown, TimedWord word, double now)
    {
        if (shown.Word.Text == word.Text || now - shown.LastWritten >= patience.Replace(word, now)) shown = shown with { Word = word, LastWritten = now };
        else shown = shown with { Word = word with { Text = shown.Word.Text, SpaceBefore = shown.Word.SpaceBefore } };
        return shown with { LastHeard = now };
    }

    private void Swap()
    {
        (_shown, _next) = (_next, _shown);
        for (var i = 1; i < _shown.Count; i++) // what a hypothesis begins with may stand behind other words here
            if (Scripts.AreSpaced(_shown[i - 1].Word.Text, _shown[i].Word.Text)) _shown[i] = _shown[i] with { Word = _shown[i].Word with { SpaceBefore = true } };
    }

    private void Keep(int from, int to) => _next.AddRange(_shown[from..to]);

    private bool AreGone(int from, int to, double now)
    {
        for (var i = from; i < to; i++)
            if (now - _shown[i].LastHeard < patience.Replace(_shown[i].Word, now)) return false;
        return true;
    }

    /// <summary>A word on screen.</summary>
    /// <param name="Word">The word as it is shown.</param>
    /// <param name="LastHeard">Seconds of audio at the last hypothesis that had it.</param>
    /// <param name="LastWritten">Seconds of audio at the last hypothesis that had it with this case and punctuation.</param>
    private readonly record struct ShownWord(TimedWord Word, double LastHeard, double LastWritten);
}
