namespace BroadcastCaptions.Measure;

/// <summary>Latency and steadiness of captions, as the project's <c>measure/latency.py</c> defines them; figures of several files add up.</summary>
/// <param name="Words">Words of the reference.</param>
/// <param name="Right">Reference words that the last text has right: the delays rest on these.</param>
/// <param name="Emission">A word's end in the audio → its place is first filled, by whatever word.</param>
/// <param name="Correct">→ the place first holds the right word.</param>
/// <param name="Stable">→ it holds the right word from here on.</param>
/// <param name="LastWords">Words of the last text.</param>
/// <param name="Erased">Words taken back: all after the first that differs.</param>
/// <param name="Churned">Words that were on screen and are not kept, in order, in the next text.</param>
public sealed record LatencyFigures(
    int Words, int Right, Delays Emission, Delays Correct, Delays Stable, int LastWords, int Erased, int Churned)
{
    /// <summary>Nothing measured yet.</summary>
    public static LatencyFigures None { get; } = new(0, 0, new Delays([]), new Delays([]), new Delays([]), 0, 0, 0);

    /// <summary>Share of the reference words that the last text has right, 0 … 1.</summary>
    public double Coverage => Delays.ToMilliseconds((double)Right / Math.Max(1, Words));

    /// <summary>NE: words taken back, for each word of the last text.</summary>
    public double NormalisedErasure => Delays.ToMilliseconds((double)Erased / Math.Max(1, LastWords));

    /// <summary>Words not kept, for each word of the last text.</summary>
    public double Churn => Delays.ToMilliseconds((double)Churned / Math.Max(1, LastWords));

    /// <summary>The figures of both, each word counting once.</summary>
    public static LatencyFigures operator +(LatencyFigures a, LatencyFigures b) => new(
        a.Words + b.Words, a.Right + b.Right, a.Emission + b.Emission, a.Correct + b.Correct, a.Stable + b.Stable,
        a.LastWords + b.LastWords, a.Erased + b.Erased, a.Churned + b.Churned);
}
