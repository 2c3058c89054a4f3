using BroadcastCaptions.Time;

namespace BroadcastCaptions.Core.Tests;

public sealed class TimeTests
{
    [Fact]
    public void Samples_and_seconds_agree_over_a_day()
    {
        const long samples = 24L * 3600 * 16_000 + 7;
        Assert.Equal(samples, MediaTime.FromSamples(samples, 16_000).ToSamples(16_000));
    }

    [Fact]
    public void Audio_driven_time_passes_only_as_audio_is_heard()
    {
        var time = new AudioDrivenTime();
        var clock = new MediaClock(time);
        time.AdvanceTo(new MediaTime(1.5));
        time.AdvanceTo(new MediaTime(1.25));
        Assert.Equal(1.5, clock.Now.Seconds, 6);
    }

    [Fact]
    public void Wall_clock_follows_media_time()
    {
        var clock = new MediaClock(TimeProvider.System);
        Assert.Equal(2.5, (clock.ToWall(new MediaTime(2.5)) - clock.Started).TotalSeconds, 6);
    }
}
