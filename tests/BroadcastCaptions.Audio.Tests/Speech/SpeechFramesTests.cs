using BroadcastCaptions.Audio.Tests.Support;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Audio.Tests.Speech;

public sealed class SpeechFramesTests
{
    [Fact]
    public void Frames_follow_each_other_at_16_kHz_through_a_change_of_format_to_the_last_sample()
    {
        var tap = new ScriptedTap();
        for (var i = 0; i < 100; i++) tap.Add(2 + (i * 0.01), new AudioFormat(48_000, 2), Signals.Noise(960));
        for (var i = 0; i < 100; i++) tap.Add(3 + (i * 0.01), new AudioFormat(44_100, 1), Signals.Noise(441));
        tap.Ended = true;

        var frames = new SpeechFrames(tap);
        var (expected, total) = (2.0, 0);
        while (frames.TryRead(out var frame))
        {
            Assert.Equal(AudioFormat.Speech, frame.Format);
            Assert.Equal(expected, frame.Start.Seconds, 9);
            expected = frame.Start.Seconds + (frame.Samples.Length / 16_000.0);
            total += frame.Samples.Length;
        }

        Assert.True(frames.IsCompleted);
        Assert.Equal(32_000, total);
    }

    [Fact]
    public void Nothing_is_completed_while_the_tap_may_still_deliver()
    {
        var frames = new SpeechFrames(new ScriptedTap());
        Assert.False(frames.TryRead(out _));
        Assert.False(frames.IsCompleted);
    }

    [Fact]
    public void Fill_stays_fill()
    {
        var tap = new ScriptedTap();
        tap.Add(0, AudioFormat.Speech, new float[160]);
        tap.Add(0.01, AudioFormat.Speech, new float[160], isFill: true);
        var frames = new SpeechFrames(tap);
        Assert.True(frames.TryRead(out var frame) && !frame.IsFill);
        Assert.True(frames.TryRead(out frame) && frame.IsFill);
    }

    [Fact]
    public void The_meter_shows_what_was_heard()
    {
        var tap = new ScriptedTap();
        tap.Add(0, AudioFormat.Speech, Signals.Sine(400, 16_000, 0.05));
        var frames = new SpeechFrames(tap);
        Assert.True(frames.TryRead(out _));
        Assert.Equal(0.5, frames.Level.Peak, 3);
        Assert.Equal(0.5 / Math.Sqrt(2), frames.Level.Rms, 3);
        Assert.Equal(-6.02, frames.LevelDb, 2);
        Assert.Equal(0, frames.DigitalSilenceSeconds, 2);
    }

    [Fact]
    public void Digital_silence_is_counted_and_ends_with_the_first_bit_but_fill_is_no_sign_of_a_muted_microphone()
    {
        var tap = new ScriptedTap();
        var frames = new SpeechFrames(tap);
        Hear(new float[32_000], false);
        Assert.Equal(2, frames.DigitalSilenceSeconds);
        Hear(new float[16_000], true);
        Assert.Equal(2, frames.DigitalSilenceSeconds);
        Hear([1f / 32768], false);
        Assert.Equal(0, frames.DigitalSilenceSeconds);

        void Hear(float[] samples, bool isFill)
        {
            tap.Add(0, AudioFormat.Speech, samples, isFill);
            Assert.True(frames.TryRead(out _));
        }
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var tap = new ScriptedTap();
        var block = Signals.Noise(960);
        for (var i = 0; i < 200; i++) tap.Add(i * 0.01, new AudioFormat(48_000, 2), block);
        var frames = new SpeechFrames(tap);
        Assert.Equal(0, Allocations.Of(() => frames.TryRead(out _), times: 100));
    }
}
