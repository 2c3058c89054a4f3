using BroadcastCaptions.Measure;

namespace BroadcastCaptions.Bench;

/// <summary>Delays as a line of a report.</summary>
internal static class DelaysText
{
    /// <summary>Median, 95th percentile with its interval, longest, and on how many they rest.</summary>
    public static string Of(Delays delays) => delays.Interval(0.95) is { } interval
        ? $"p50 {delays.Quantile(0.5):0.000} s, p95 {delays.Quantile(0.95):0.000} s (95 % interval {interval.Low:0.000} … {interval.High:0.000}), max {delays.Max:0.000} s, n {delays.Count}"
        : "none";
}
