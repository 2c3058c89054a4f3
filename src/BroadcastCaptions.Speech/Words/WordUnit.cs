namespace BroadcastCaptions.Speech.Words;

/// <summary>A part of a word as hypotheses are compared by it: <see cref="WordUnits"/>.</summary>
/// <param name="Key">Lower-case letters and digits.</param>
/// <param name="From">Seconds from which on its word was heard; not a number: not known.</param>
/// <param name="To">Until when.</param>
internal readonly record struct WordUnit(string Key, double From = double.NaN, double To = double.NaN)
{
    /// <summary>
    /// Seconds between two words from which on the second is not the first, but the same said again. Where a model made up once more what had been said before, its
    /// words were believed at once, as if long known. What counts is what lies between, for the last word is as long as the silence behind it. Measured by bench/tune, base (six phases,
    /// 1412 words) and tiny (eight, 1868): without a bound 7 and 5 words later than 1.5 s, the latest 3.1 and 2.7 s; with 0.8 s 5 and 3, 2.2 and 2.0 s; with 0.5 s 7 and 3, 3.1 and 2.0 s.
    /// </summary>
    private const double Apart = 0.8;

    /// <summary>Can both be the same word of what was said?</summary>
    public bool Is(WordUnit other) => Key == other.Key && !(Math.Max(From, other.From) - Math.Min(To, other.To) > Apart);
}
