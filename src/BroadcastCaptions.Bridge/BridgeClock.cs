using System.Diagnostics;

namespace BroadcastCaptions.Bridge;

/// <summary>The clock of the wire: monotonic nanoseconds, on Linux and Windows the very clock of libobs's os_gettime_ns.</summary>
public static class BridgeClock
{
    private const long NanosecondsASecond = 1_000_000_000;

    /// <summary>This moment.</summary>
    public static long Now => Nanoseconds(Stopwatch.GetTimestamp(), Stopwatch.Frequency);

    /// <summary>A timestamp of <paramref name="frequency"/> ticks a second, in nanoseconds.</summary>
    public static long Nanoseconds(long timestamp, long frequency) => frequency == NanosecondsASecond
        ? timestamp
        : (timestamp / frequency * NanosecondsASecond) + (timestamp % frequency * NanosecondsASecond / frequency);

    /// <summary>The other way round: nanoseconds as ticks of <paramref name="frequency"/> a second.</summary>
    public static long Ticks(long nanoseconds, long frequency) => frequency == NanosecondsASecond
        ? nanoseconds
        : (nanoseconds / NanosecondsASecond * frequency) + (nanoseconds % NanosecondsASecond * frequency / NanosecondsASecond);
}
