namespace BroadcastCaptions.Metrics;

/// <summary>The last values of a measure, and their quantiles: what a viewer sees now, not what was an hour ago.</summary>
/// <param name="kept">How many.</param>
internal sealed class RecentValues(int kept = 200)
{
    private readonly Queue<double> _values = new();

    /// <summary>The middle value; null before the first.</summary>
    public double? Median => Quantile(0.5);

    /// <summary>What 95 of 100 do not exceed; null before the first.</summary>
    public double? Tail => Quantile(0.95);

    /// <summary>The sum of those that are kept.</summary>
    public double Sum => _values.Sum();

    /// <summary>Takes the next value in.</summary>
    public void Add(double value)
    {
        _values.Enqueue(value);
        if (_values.Count > kept) _values.Dequeue();
    }

    private double? Quantile(double q) =>
        _values.Count == 0 ? null : _values.Order().ElementAt((int)Math.Min(_values.Count - 1, q * _values.Count));
}
