namespace BroadcastCaptions.Speech.Words;

/// <summary>A part of a word as hypotheses are compared by it: <see cref="WordUnits"/>.</summary>
/// <param name="Key">Lower-case letters and digits.</param>
/// <param name="At">Seconds at which its word was heard; not a number: not known.</param>
internal readonly record struct WordUnit(string Key, double At = double.NaN)
{
    /// <summary>
    /// Seconds by which a word's place may move from one hypothesis to the next: farther apart, it is the same word said again. Where a model made up once more what had been
    /// said before, its words were believed at once, as if long known. Measured by bench/tune, base (six phases, 1412 words) and tiny (eight, 1868): without a bound 7 and 5
    /// words later than 1.5 s, the latest 3.1 and 2.7 s; with 0.85 … 1.2 s 5 and 3, 2.2 and 2.0 s; with 0.6 s 7 and 3. Normalised erasure 0.17 → 0.18 and 0.15 → 0.16.
    /// </summary>
    private const double Apart = 1;

    /// <summary>Can both be the same word of what was said?</summary>
    public bool Is(WordUnit other) => Key == other.Key && !(Math.Abs(At - other.At) > Apart);
}
