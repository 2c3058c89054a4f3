using BroadcastCaptions.Audio.Files;
using BroadcastCaptions.Audio.Tests.Support;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.Time;
using Microsoft.Extensions.Time.Testing;

namespace BroadcastCaptions.Audio.Tests.Files;

public sealed class FileTapTests : IDisposable
{
    private static readonly AudioSource Source = new("file");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task As_fast_as_possible_every_sample_comes_from_media_zero_on()
    {
        var noise = Signals.Noise(200_000);
        await using var tap = await StartAsync(noise, TapPace.Fast, TapReading.SystemClock());
        var samples = await TapReading.ReadAllAsync(tap);
        Assert.Equal(noise, samples);
        Assert.Equal(TapState.Ended, tap.Status.State);
        Assert.Equal(200_000.0 / 48_000, tap.Status.TotalSeconds);
        Assert.False(tap.Status.IsDegraded);
    }

    [Fact]
    public async Task At_real_speed_a_sample_comes_when_the_clock_has_passed_it()
    {
        var time = new FakeTimeProvider();
        var clock = new MediaClock(time);
        time.Advance(TimeSpan.FromSeconds(5));
        await using var tap = await StartAsync(Signals.Noise(48_000), TapPace.Real, clock);

        Assert.False(tap.TryRead(out _));
        time.Advance(TimeSpan.FromMilliseconds(9));
        Assert.False(tap.TryRead(out _));
        time.Advance(TimeSpan.FromMilliseconds(11));
        Assert.True(tap.TryRead(out var frame));
        Assert.Equal(5.0, frame.Start.Seconds, 9);
        Assert.Equal(960, frame.Samples.Length);
        Assert.False(tap.TryRead(out _));
        time.Advance(TimeSpan.FromSeconds(10));
        await TapReading.ReadAllAsync(tap);
    }

    [Fact]
    public async Task Reading_allocates_nothing()
    {
        await using var tap = await StartAsync(Signals.Noise(2_000_000), TapPace.Fast, TapReading.SystemClock());
        var blocks = 0;
        while (blocks < 10 && !tap.IsCompleted) blocks += tap.TryRead(out _) ? 1 : 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (!tap.IsCompleted) _ = tap.TryRead(out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task A_recording_that_was_cut_is_played_and_reported()
    {
        var path = _folder["cut.wav"];
        await File.WriteAllBytesAsync(path, new WavWriter { Rate = 100 }.Write(new double[1000])[..^1000]);
        await using var tap = new FileTap(Source, path, TapPace.Fast);
        await tap.StartAsync(TapReading.SystemClock(), default);
        Assert.Equal(500, (await TapReading.ReadAllAsync(tap)).Length);
        Assert.True(tap.Status.IsDegraded);
        Assert.Contains("cut short", tap.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tap_can_be_disposed_before_and_in_the_middle()
    {
        await using (new FileTap(Source, "nowhere.wav", TapPace.Fast)) { }
        await using var tap = await StartAsync(Signals.Noise(2_000_000), TapPace.Fast, TapReading.SystemClock());
        Assert.True(tap.TryRead(out _));
    }

    private async Task<FileTap> StartAsync(float[] samples, TapPace pace, MediaClock clock)
    {
        var path = _folder["talk.wav"];
        await File.WriteAllBytesAsync(path, new WavWriter { Tag = 3, Bits = 32, Rate = 48_000 }.Write([.. samples.Select(sample => (double)sample)]));
        var tap = new FileTap(Source, path, pace);
        await tap.StartAsync(clock, default);
        return tap;
    }
}
