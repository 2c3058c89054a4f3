namespace BroadcastCaptions.Audio.Resampling;

/// <summary>
/// The coefficients of a band-limited rate change: a Kaiser-windowed sinc, one row a phase (position between two input
/// samples). Rates that share a factor with the output get one exact row for each phase that occurs; all others get
/// <see cref="InterpolatedPhases"/> rows, and the two nearest are interpolated (error below −100 dB).
/// </summary>
internal sealed class PolyphaseFilter
{
    /// <summary>Passband edge as a part of the lower Nyquist frequency: flat to 7.2 kHz for 16 kHz output.</summary>
    public const double Passband = 0.9;

    // 80 dB is promised from the Nyquist frequency on; the rest is margin for float arithmetic and interpolated phases.
    private const double Attenuation = 96;
    private const int MostExactPhases = 640;
    private const int InterpolatedPhases = 512;

    private readonly float[] _rows;
    private readonly int _rowLength;

    public PolyphaseFilter(int inputRate, int outputRate)
    {
        var exact = outputRate / (int)System.Numerics.BigInteger.GreatestCommonDivisor(inputRate, outputRate);
        Interpolated = exact > MostExactPhases;
        Phases = Interpolated ? InterpolatedPhases : exact;

        var nyquist = Math.Min(inputRate, outputRate) / 2.0;
        var transition = (1 - Passband) * nyquist / inputRate;
        var cutoff = (1 + Passband) / 2 * nyquist / inputRate;
        // Kaiser's length formula; https://en.wikipedia.org/wiki/Kaiser_window
        HalfLength = (int)Math.Ceiling((Attenuation - 7.95) / (2.285 * 2 * Math.PI * transition) / 2) + 1;

        _rowLength = DotProduct.Padded(2 * HalfLength);
        var rows = Interpolated ? Phases + 1 : Phases;
        _rows = new float[checked(rows * _rowLength)];
        for (var row = 0; row < rows; row++) Fill(_rows.AsSpan(row * _rowLength, 2 * HalfLength), (double)row / Phases, cutoff);
    }

    /// <summary>Input samples on each side of an output sample.</summary>
    public int HalfLength { get; }

    /// <summary>Rows between two input samples.</summary>
    public int Phases { get; }

    /// <summary>Must two neighbouring rows be interpolated?</summary>
    public bool Interpolated { get; }

    /// <summary>Samples that a row is multiplied with: 2 × <see cref="HalfLength"/>, then zero coefficients up to a full vector.</summary>
    public int RowLength => _rowLength;

    /// <summary>The coefficients for one phase, 0 … <see cref="Phases"/> (inclusive only where interpolated).</summary>
    public ReadOnlySpan<float> Row(int phase) => _rows.AsSpan(phase * _rowLength, _rowLength);

    private void Fill(Span<float> row, double fraction, double cutoff)
    {
        var beta = 0.1102 * (Attenuation - 8.7);
        var taps = new double[row.Length];
        var sum = 0.0;
        for (var i = 0; i < taps.Length; i++)
        {
            var t = i - HalfLength + 1 - fraction;
            var x = 2 * cutoff * t;
            var sinc = Math.Abs(x) < 1e-12 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
            var edge = t / HalfLength;
            taps[i] = sinc * BesselI0(beta * Math.Sqrt(Math.Max(0, 1 - (edge * edge))));
            sum += taps[i];
        }

        // Every phase passes a constant unchanged: no ripple at the phases' frequency.
        for (var i = 0; i < taps.Length; i++) row[i] = (float)(taps[i] / sum);
    }

    private static double BesselI0(double x)
    {
        double sum = 1, term = 1, half = x / 2;
        for (var k = 1; term > sum * 1e-17; k++)
        {
            term *= half / k * (half / k);
            sum += term;
        }

        return sum;
    }
}
