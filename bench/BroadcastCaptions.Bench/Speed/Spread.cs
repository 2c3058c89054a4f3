namespace BroadcastCaptions.Bench.Speed;

/// <summary>Several measurements of the same thing.</summary>
/// <param name="Minimum">The least.</param>
/// <param name="Median">The middle one.</param>
/// <param name="Maximum">The greatest.</param>
internal readonly record struct Spread(double Minimum, double Median, double Maximum)
{
    /// <summary>The spread of at least one value.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return new Spread(sorted[0], sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[^1]);
    }

    /// <summary>Minimum, median and maximum.</summary>
    public string ToString(string format) => $"{Minimum.ToString(format)} / {Median.ToString(format)} / {Maximum.ToString(format)}";
}
