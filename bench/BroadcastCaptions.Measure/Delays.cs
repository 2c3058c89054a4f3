using System.Globalization;

namespace BroadcastCaptions.Measure;

/// <summary>Delays in seconds, one a word (or a segment), sorted.</summary>
public sealed class Delays
{
    private readonly double[] _sorted;

    /// <summary>Delays from the given seconds.</summary>
    public Delays(IEnumerable<double> seconds) => _sorted = [.. seconds.Order()];

    /// <summary>How many there are.</summary>
    public int Count => _sorted.Length;

    /// <summary>The delays, in rising order.</summary>
    public IReadOnlyList<double> Seconds => _sorted;

    /// <summary>The longest, rounded to milliseconds; null when there are none.</summary>
    public double? Max => Quantile(1);

    /// <summary>The delay at a share of the words (nearest rank from above, no interpolation), rounded to milliseconds; null when there are none.</summary>
    /// <param name="share">0 … 1: 0.5 is the median.</param>
    public double? Quantile(double share) => Count == 0 ? null : ToMilliseconds(AtShare(_sorted, share));

    /// <summary>The delays of both.</summary>
    public static Delays operator +(Delays a, Delays b) => new(a._sorted.Concat(b._sorted));

    /// <summary>
    /// The 95 % interval of a quantile by the bootstrap's percentile method: what other words of the same kind would
    /// plausibly have given. Words of one recording depend on one another, so the true interval is wider still.
    /// </summary>
    /// <param name="share">Which quantile, 0 … 1.</param>
    /// <param name="rounds">How often the words are drawn anew, with replacement.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    public (double Low, double High)? Interval(double share, int rounds = 2000, int seed = 1)
    {
        if (Count == 0) return null;
        var random = new Random(seed);
        var drawn = new double[Count];
        var quantiles = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < drawn.Length; i++) drawn[i] = _sorted[random.Next(Count)];
            Array.Sort(drawn);
            quantiles[round] = AtShare(drawn, share);
        }

        Array.Sort(quantiles);
        return (ToMilliseconds(AtShare(quantiles, 0.025)), ToMilliseconds(AtShare(quantiles, 0.975)));
    }

    /// <summary>Three decimals as Python rounds: by the exact binary value, ties (odd sixteenths) to even.</summary>
    internal static double ToMilliseconds(double seconds) => double.IsOddInteger(seconds * 16)
        ? Math.Round(seconds * 1000, MidpointRounding.ToEven) / 1000
        : double.Parse(seconds.ToString("F3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double AtShare(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
