using System.Numerics;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>
/// Power spectra of 400 real points, <see cref="Lanes"/> frames at a time: each lane of a vector holds another frame, so that the
/// transform needs no shuffling. A complex transform of 200 points (two of 5, one of 4, one of 2) over even and odd points, then the two
/// are parted.
/// </summary>
internal sealed class PowerSpectra
{
    /// <summary>Points of a frame.</summary>
    public const int Points = 400;

    /// <summary>Bins of a spectrum.</summary>
    public const int Bins = (Points / 2) + 1;

    private const int Half = Points / 2;

    private readonly Stage[] _stages = Stages([5, 5, 4, 2]);
    private readonly float[] _cosine = [.. Enumerable.Range(0, Bins).Select(k => (float)Math.Cos(2 * Math.PI * k / Points))];
    private readonly float[] _sine = [.. Enumerable.Range(0, Bins).Select(k => (float)-Math.Sin(2 * Math.PI * k / Points))];
    private Vector<float>[] _real = new Vector<float>[Half];
    private Vector<float>[] _imaginary = new Vector<float>[Half];
    private Vector<float>[] _nextReal = new Vector<float>[Half];
    private Vector<float>[] _nextImaginary = new Vector<float>[Half];

    /// <summary>Frames at a time on this machine.</summary>
    public static int Lanes => Vector<float>.Count;

    /// <summary>The spectra of frames.</summary>
    /// <param name="frames">Point after point, each of all frames.</param>
    /// <param name="powers">Takes bin after bin, each of all frames.</param>
    public void Transform(ReadOnlySpan<Vector<float>> frames, Span<Vector<float>> powers)
    {
        for (var i = 0; i < Half; i++) (_real[i], _imaginary[i]) = (frames[2 * i], frames[(2 * i) + 1]);
        foreach (var stage in _stages)
        {
            stage.Run(_real, _imaginary, _nextReal, _nextImaginary);
            (_real, _nextReal) = (_nextReal, _real);
            (_imaginary, _nextImaginary) = (_nextImaginary, _imaginary);
        }

        for (var k = 0; k < Bins; k++) powers[k] = Power(k);
    }

    private Vector<float> Power(int k)
    {
        var (a, b) = (k % Half, (Half - k) % Half);
        var (evenReal, evenImaginary) = (_real[a] + _real[b], _imaginary[a] - _imaginary[b]);
        var (oddReal, oddImaginary) = (_imaginary[a] + _imaginary[b], _real[b] - _real[a]);
        var (cosine, sine) = (new Vector<float>(_cosine[k]), new Vector<float>(_sine[k]));
        var real = evenReal + (oddReal * cosine) - (oddImaginary * sine);
        var imaginary = evenImaginary + (oddReal * sine) + (oddImaginary * cosine);
        return ((real * real) + (imaginary * imaginary)) * 0.25f;
    }

    private static Stage[] Stages(int[] radices)
    {
        var stages = new List<Stage>();
        var (points, stride) = (Half, 1);
        foreach (var radix in radices)
        {
            stages.Add(new Stage(radix, points, stride));
            (points, stride) = (points / radix, stride * radix);
        }

        return [.. stages];
    }

    /// <summary>One stage of Stockham's transform, which leaves everything in order.</summary>
    private sealed class Stage(int radix, int points, int stride)
    {
        private readonly (float Cosine, float Sine)[] _small = [.. Turns(radix, radix * radix, i => i / radix * (i % radix))];
        private readonly (float Cosine, float Sine)[] _large = [.. Turns(points, points, i => i / radix * (i % radix))];

        public void Run(Vector<float>[] real, Vector<float>[] imaginary, Vector<float>[] nextReal, Vector<float>[] nextImaginary)
        {
            var rest = points / radix;
            for (var p = 0; p < rest; p++)
                for (var q = 0; q < stride; q++)
                    for (var k = 0; k < radix; k++)
                    {
                        Vector<float> sumReal = default, sumImaginary = default;
                        for (var j = 0; j < radix; j++)
                        {
                            var from = q + (stride * (p + (rest * j)));
                            var (cosine, sine) = _small[(k * radix) + j];
                            sumReal += (real[from] * cosine) - (imaginary[from] * sine);
                            sumImaginary += (real[from] * sine) + (imaginary[from] * cosine);
                        }

                        var (turnCosine, turnSine) = _large[(p * radix) + k];
                        var to = q + (stride * ((radix * p) + k));
                        nextReal[to] = (sumReal * turnCosine) - (sumImaginary * turnSine);
                        nextImaginary[to] = (sumReal * turnSine) + (sumImaginary * turnCosine);
                    }
        }

        private static IEnumerable<(float Cosine, float Sine)> Turns(int circle, int count, Func<int, int> times) =>
            Enumerable.Range(0, count).Select(i => -2 * Math.PI * times(i) / circle).Select(angle => ((float)Math.Cos(angle), (float)Math.Sin(angle)));
    }
}
