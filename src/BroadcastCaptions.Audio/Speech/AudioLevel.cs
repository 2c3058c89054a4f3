namespace BroadcastCaptions.Audio;

/// <summary>How loud a source is, for a level meter. Linear, 1 = full scale.</summary>
/// <param name="Peak">Highest absolute sample of the last 50 ms, 0 … 1 (above 1 where the source clips).</param>
/// <param name="Rms">Root mean square of the last 50 ms, 0 … 1.</param>
public readonly record struct AudioLevel(float Peak, float Rms)
{
    /// <summary>The peak in decibels relative to full scale; −120 for silence.</summary>
    public double PeakDecibels => Decibels(Peak);

    /// <summary>The RMS in decibels relative to full scale; −120 for silence.</summary>
    public double RmsDecibels => Decibels(Rms);

    private static double Decibels(float linear) => Math.Max(-120, 20 * Math.Log10(Math.Max(linear, 1e-6)));
}
