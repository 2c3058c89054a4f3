namespace BroadcastCaptions.Measure.Tests;

public sealed class SignalMatchTests
{
    [Fact]
    public void A_signal_is_found_to_the_sample_though_it_is_quieter_and_in_noise()
    {
        var random = new Random(5);
        var signal = Speechlike(random, 16000);
        var recording = Speechlike(random, 64000).Select(x => 0.05f * x).ToArray();
        for (var i = 0; i < signal.Length; i++) recording[23457 + i] += 0.5f * signal[i];
        var match = SignalMatch.Find(signal, recording);
        Assert.Equal(23457, match.Offset);
        Assert.InRange(match.Likeness, 0.95, 1);
    }

    [Fact]
    public void Where_it_is_not_the_likeness_is_low()
    {
        var random = new Random(6);
        Assert.InRange(SignalMatch.Find(Speechlike(random, 16000), Speechlike(random, 64000)).Likeness, -1, 0.5);
    }

    [Fact]
    public void A_recording_that_is_too_short_is_refused() => Assert.Throws<ArgumentException>(() => SignalMatch.Find(new float[100], new float[99]));

    /// <summary>Noise with most of its power below a few hundred hertz, as speech has.</summary>
    private static float[] Speechlike(Random random, int length)
    {
        var signal = new float[length];
        for (var i = 1; i < length; i++) signal[i] = 0.95f * signal[i - 1] + (float)(random.NextDouble() - 0.5);
        return signal;
    }
}
