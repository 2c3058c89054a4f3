namespace BroadcastCaptions.Choosing;

/// <summary>What holds the latency target, and what does not.</summary>
internal static class LatencyTarget
{
    /// <summary>
    /// Seconds between the partials of a long segment up to which a model is fast enough: shorter segments cost less, and the design's 120 ms
    /// is then the mean. Measured on a machine on which base asks for 0.2 s (tiny 0.07 s): words are shown after 0.43 s in the median and 0.82 s
    /// at p95 (tiny 0.34 and 0.94 s).
    /// </summary>
    public const double GoodInterval = 0.25;

    /// <summary>Seconds between partials from which on captions lag: two that must agree, and the words of the last one, come to a second.</summary>
    public const double BadInterval = 0.4;

    /// <summary>Seconds of audio that may wait: whoever waits longer sees words later than promised.</summary>
    public const double BadQueue = 1;

    /// <summary>Does a model that takes so long for a partial hold the target with this share of the loop's time?</summary>
    public static bool Holds(double cost, double share) => cost / share <= GoodInterval;
}
