namespace BroadcastCaptions.Audio.Tests.Support;

/// <summary>Generated signals and their measurement.</summary>
internal static class Signals
{
    public static float[] Sine(double frequency, int rate, double seconds, double amplitude = 0.5) =>
        [.. Enumerable.Range(0, (int)(rate * seconds)).Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * frequency * i / rate)))];

    public static float[] Noise(int samples, int seed = 1, double amplitude = 0.3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, samples).Select(_ => (float)(amplitude * ((2 * random.NextDouble()) - 1)))];
    }

    /// <summary>A tone that rises from one frequency to another: unlike itself at every other shift, so its place can be found.</summary>
    public static float[] Chirp(double from, double to, int rate, double seconds, double amplitude = 0.4) =>
        [.. Enumerable.Range(0, (int)(rate * seconds)).Select(i =>
        {
            var t = (double)i / rate;
            return (float)(amplitude * Math.Sin(2 * Math.PI * ((from * t) + ((to - from) * t * t / (2 * seconds)))));
        })];

    /// <summary>Energy of everything, in decibels relative to a full-scale sine.</summary>
    public static double Decibels(ReadOnlySpan<float> samples)
    {
        var squares = 0.0;
        foreach (var sample in samples) squares += sample * (double)sample;
        return 10 * Math.Log10(Math.Max(1e-30, 2 * squares / samples.Length));
    }

    /// <summary>Amplitude of one frequency (Goertzel's question, asked with a Hann window).</summary>
    public static double Amplitude(ReadOnlySpan<float> samples, double frequency, int rate)
    {
        double real = 0, imaginary = 0, weights = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var weight = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / samples.Length));
            var angle = 2 * Math.PI * frequency * i / rate;
            real += weight * samples[i] * Math.Cos(angle);
            imaginary += weight * samples[i] * Math.Sin(angle);
            weights += weight;
        }

        return 2 * Math.Sqrt((real * real) + (imaginary * imaginary)) / weights;
    }

    /// <summary>Where <paramref name="needle"/> lies in <paramref name="hay"/>, and how well it fits (normalised correlation, 1 = equal).</summary>
    public static (int At, double Fit) Find(ReadOnlySpan<float> hay, ReadOnlySpan<float> needle)
    {
        var (best, at) = (double.MinValue, 0);
        var needleEnergy = Energy(needle);
        for (var shift = 0; shift <= hay.Length - needle.Length; shift++)
        {
            var part = hay.Slice(shift, needle.Length);
            var product = System.Numerics.Tensors.TensorPrimitives.Dot(part, needle);
            if (product <= best * 0.5) continue; // far from the best: no need to normalise
            var fit = product / Math.Sqrt(needleEnergy * Math.Max(1e-12, Energy(part)));
            if (fit > best) (best, at) = (fit, shift);
        }

        return (at, best);
    }

    private static double Energy(ReadOnlySpan<float> samples) => System.Numerics.Tensors.TensorPrimitives.SumOfSquares(samples);
}
