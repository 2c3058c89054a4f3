namespace BroadcastCaptions.Speech.Whisper;

/// <summary>Slaney's mel filter bank, as librosa makes it and Whisper was trained with: triangles of equal area from 0 to 8 kHz.</summary>
internal sealed class MelFilters
{
    private const double LinearStep = 200.0 / 3; // Hz a mel below 1 kHz
    private const double LogarithmicFrom = 1000; // Hz
    private static readonly double LogarithmicStep = Math.Log(6.4) / 27;

    /// <summary>Makes the bank.</summary>
    /// <param name="mels">Bands.</param>
    /// <param name="bins">Bins of the spectrum, from 0 to <paramref name="highest"/> Hz.</param>
    /// <param name="highest">Half the sample rate.</param>
    public MelFilters(int mels, int bins, double highest = 8000)
    {
        First = new int[mels];
        Weights = new float[mels][];
        var edges = Enumerable.Range(0, mels + 2).Select(i => Hertz(Mel(highest) * i / (mels + 1))).ToArray();
        for (var band = 0; band < mels; band++)
        {
            var row = Enumerable.Range(0, bins).Select(bin => Weight(edges.AsSpan(band, 3), highest * bin / (bins - 1))).ToArray();
            First[band] = Math.Max(0, Array.FindIndex(row, weight => weight > 0));
            Weights[band] = row[First[band]..(Array.FindLastIndex(row, weight => weight > 0) + 1)];
        }
    }

    /// <summary>The first bin that a band hears.</summary>
    public int[] First { get; }

    /// <summary>How much it hears of that bin and of those that follow.</summary>
    public float[][] Weights { get; }

    private static float Weight(ReadOnlySpan<double> edges, double hertz)
    {
        var rising = (hertz - edges[0]) / (edges[1] - edges[0]);
        var falling = (edges[2] - hertz) / (edges[2] - edges[1]);
        return (float)(Math.Max(0, Math.Min(rising, falling)) * 2 / (edges[2] - edges[0]));
    }

    private static double Mel(double hertz) => hertz < LogarithmicFrom
        ? hertz / LinearStep
        : (LogarithmicFrom / LinearStep) + (Math.Log(hertz / LogarithmicFrom) / LogarithmicStep);

    private static double Hertz(double mel) => mel < LogarithmicFrom / LinearStep
        ? mel * LinearStep
        : LogarithmicFrom * Math.Exp(LogarithmicStep * (mel - (LogarithmicFrom / LinearStep)));
}
