using BroadcastCaptions.Audio.Resampling;
using BroadcastCaptions.Audio.Tests.Support;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Audio.Tests.Resampling;

public sealed class ResamplerTests
{
    private const int Out = 16_000;

    public static TheoryData<int> Rates => [1, 8_000, 11_025, 16_000, 22_050, 44_100, 47_999, 48_000, 96_000, 767_999, 768_000];

    [Theory]
    [InlineData(22_050)]
    [InlineData(44_100)]
    [InlineData(47_999)] // no common factor: interpolated phases
    [InlineData(48_000)]
    [InlineData(96_000)]
    public void What_lies_above_8_kHz_is_at_least_80_dB_down(int rate)
    {
        for (var frequency = 8_000.0; frequency < rate / 2.0; frequency += (rate / 2.0 - 8_000) / 11)
        {
            var output = Run(Signals.Sine(frequency, rate, 0.5), rate);
            var settled = output.AsSpan(400, output.Length - 800);
            Assert.True(Signals.Decibels(settled) - (20 * Math.Log10(0.5)) <= -80, $"{frequency} Hz at {rate} Hz");
        }
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(11_025)]
    [InlineData(7_001)]
    public void Upsampling_leaves_no_image_above_the_inputs_band(int rate)
    {
        for (var frequency = 200.0; frequency < 0.45 * rate; frequency += 631)
        {
            var output = Run(Signals.Sine(frequency, rate, 0.5), rate).AsSpan(800, 6000);
            var image = rate - frequency;
            if (image < Out / 2) Assert.True(Signals.Amplitude(output, image, Out) < 0.5e-4, $"{frequency} Hz has an image at {image} Hz");
            Assert.Equal(0.5, Signals.Amplitude(output, frequency, Out), 3);
        }
    }

    [Theory]
    [InlineData(44_100)]
    [InlineData(48_000)]
    [InlineData(22_050)]
    [InlineData(96_000)]
    [InlineData(44_101)]
    public void The_passband_is_flat_to_7200_Hz(int rate)
    {
        for (var frequency = 100.0; frequency <= 7_200; frequency += 710)
        {
            var output = Run(Signals.Sine(frequency, rate, 0.5), rate);
            var gain = Signals.Amplitude(output.AsSpan(400, 6400), frequency, Out) / 0.5;
            Assert.InRange(20 * Math.Log10(gain), -0.01, 0.01);
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void A_constant_keeps_its_value_and_the_length_is_exact(int rate)
    {
        var frames = rate < 1_000 ? 200 * rate : rate / 16;
        var output = Run([.. Enumerable.Repeat(0.25f, frames)], rate);
        Assert.Equal((int)Math.Ceiling((double)frames * Out / rate), output.Length);
        Assert.All(output[(output.Length / 2 - 50)..(output.Length / 2 + 50)], sample => Assert.Equal(0.25f, sample, 5));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Block_sizes_change_not_a_bit(int rate)
    {
        if (rate == 1) return;
        var input = Signals.Noise(Math.Max(rate / 20, 3000) * 2);
        var whole = Run(input, rate, channels: 2);
        var random = new Random(5);
        Assert.Equal(whole, Run(input, rate, channels: 2, inBlock: () => 1, outBlock: () => 1));
        Assert.Equal(whole, Run(input, rate, channels: 2, inBlock: () => random.Next(1, 9_000), outBlock: () => random.Next(1, 700)));
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    [InlineData(47_999)]
    public void The_output_stands_at_the_very_time_of_the_input(int rate)
    {
        var expected = Signals.Chirp(200, 3_000, Out, 0.5);
        var output = Run(Signals.Chirp(200, 3_000, rate, 0.5), rate);
        for (var i = 200; i < expected.Length - 200; i++) Assert.Equal(expected[i], output[i], 3e-3);
    }

    [Fact]
    public void Channels_are_averaged_and_what_is_no_number_is_silence()
    {
        float[] stereo = [0.5f, 0.1f, float.NaN, 1, 0, float.PositiveInfinity, 0.2f, 0.4f];
        Assert.Equal([0.3f, 0, 0, 0.3f], Run(stereo, Out, channels: 2), (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Theory]
    [InlineData(48_000)]
    [InlineData(44_100)]
    [InlineData(47_999)]
    [InlineData(16_000)]
    public void A_block_allocates_nothing(int rate)
    {
        var resampler = new Resampler(new AudioFormat(rate, 2));
        var block = Signals.Noise(960);
        var output = new float[4096];
        Assert.Equal(0, Allocations.Of(() =>
        {
            resampler.Write(block);
            resampler.Read(output);
        }));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(768_001, 1)]
    [InlineData(48_000, 0)]
    [InlineData(48_000, 256)]
    public void Formats_that_no_device_has_are_refused(int rate, int channels) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resampler(new AudioFormat(rate, channels)));

    private static float[] Run(float[] input, int rate, int channels = 1, Func<int>? inBlock = null, Func<int>? outBlock = null)
    {
        var resampler = new Resampler(new AudioFormat(rate, channels));
        var output = new List<float>();
        var piece = new float[16_384];
        for (var rest = input.AsSpan(); rest.Length > 0;)
        {
            var block = rest[..Math.Min(rest.Length, channels * (inBlock?.Invoke() ?? 4_000))];
            rest = rest[(resampler.Write(block) * channels)..];
            Drain();
        }

        resampler.Complete();
        Drain();
        return [.. output];

        void Drain()
        {
            while (resampler.Read(piece.AsSpan(0, outBlock?.Invoke() ?? piece.Length)) is > 0 and var length) output.AddRange(piece.AsSpan(0, length));
        }
    }
}
