using System.Numerics;

namespace BroadcastCaptions.Measure;

/// <summary>Where one signal lies within another.</summary>
/// <param name="Offset">The sample of the recording at which the sought signal begins.</param>
/// <param name="Likeness">Normalised correlation there, −1 … 1; 1 is the same shape at any loudness.</param>
public readonly record struct SignalMatch(int Offset, double Likeness)
{
    private const int Coarse = 8;

    /// <summary>Finds the place by normalised cross-correlation: coarsely at an eighth of the rate, then to the sample.</summary>
    /// <param name="sought">What is looked for.</param>
    /// <param name="recording">Where it is looked for; longer than <paramref name="sought"/>, at the same rate.</param>
    /// <exception cref="ArgumentException">The recording is too short to hold the signal.</exception>
    public static SignalMatch Find(ReadOnlySpan<float> sought, ReadOnlySpan<float> recording)
    {
        if (sought.Length < Coarse || recording.Length < sought.Length)
            throw new ArgumentException("The recording is too short to hold the signal.", nameof(recording));
        var rough = Best(Decimated(sought), Decimated(recording), 0, int.MaxValue);
        return Best(sought, recording, (rough.Offset - 1) * Coarse, (rough.Offset + 1) * Coarse);
    }

    private static SignalMatch Best(ReadOnlySpan<float> sought, ReadOnlySpan<float> recording, int from, int to)
    {
        var best = new SignalMatch(0, double.NegativeInfinity);
        var soughtPower = Dot(sought, sought);
        for (var offset = Math.Max(0, from); offset <= Math.Min(to, recording.Length - sought.Length); offset++)
        {
            var part = recording.Slice(offset, sought.Length);
            var likeness = Dot(sought, part) / Math.Sqrt(soughtPower * Dot(part, part) + 1e-12);
            if (likeness > best.Likeness) best = new SignalMatch(offset, likeness);
        }

        return best;
    }

    private static float[] Decimated(ReadOnlySpan<float> signal)
    {
        var decimated = new float[signal.Length / Coarse];
        for (var i = 0; i < decimated.Length; i++)
            foreach (var sample in signal.Slice(i * Coarse, Coarse)) decimated[i] += sample / Coarse;
        return decimated;
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count) sums += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        double sum = Vector.Sum(sums);
        for (; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
