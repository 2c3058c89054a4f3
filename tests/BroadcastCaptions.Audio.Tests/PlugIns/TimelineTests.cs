using System.Diagnostics;
using BroadcastCaptions.Audio.PlugIns;
using BroadcastCaptions.Bridge;
using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.Tests.PlugIns;

/// <summary>Frames are counted; capture times only say where counting begins, what is missing, and how a device drifts.</summary>
public sealed class TimelineTests
{
    private readonly Timeline _timeline = new(new MediaClock(TimeProvider.System));
    private readonly long _zero = BridgeClock.Nanoseconds(Stopwatch.GetTimestamp(), Stopwatch.Frequency);

    [Fact]
    public void Blocks_that_come_at_once_follow_each_other()
    {
        var first = Place(0, 0);
        for (var block = 1; block < 10; block++) Assert.Equal(first + (block * 0.02), Place(block * 960, 0.001 * block), 6);
    }

    [Fact]
    public void A_late_block_does_not_move_and_missing_sound_does()
    {
        var first = Place(0, 0);
        Assert.Equal(first + 0.02, Place(960, 0.15), 6);
        Assert.Equal(first + 1, Place(1920, 1), 3);
    }

    [Fact]
    public void A_fast_device_is_trimmed_by_little_at_a_time()
    {
        var first = Place(0, 0);
        var largest = 0.0;
        var before = first;
        for (var block = 1; block < 6000; block++)
        {
            var at = Place(block * 960, block * 0.02 * 0.9995); // 500 ppm
            largest = Math.Max(largest, Math.Abs(at - before - 0.02));
            before = at;
        }

        Assert.InRange(largest, 0.004, 0.0051);
        Assert.InRange(before - first - (5999 * 0.02 * 0.9995), -0.01, 0.045);
    }

    private double Place(long frame, double seconds) => _timeline.Place(new AudioHeader(frame, _zero + (long)(seconds * 1e9), 48_000, 2, 960));
}
