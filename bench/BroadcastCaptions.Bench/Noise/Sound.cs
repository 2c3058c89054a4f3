using System.Runtime.InteropServices;

namespace BroadcastCaptions.Bench.Noise;

/// <summary>Sound without speech, put together of pieces of many files.</summary>
/// <param name="name">Where it comes from, for the report.</param>
/// <param name="kind">"music", "effects", "game".</param>
internal sealed class Sound(string name, string kind)
{
    /// <summary>Samples a second.</summary>
    public const int Rate = 16_000;

    private readonly List<float> _samples = [];
    private readonly List<(double From, string File)> _pieces = [];

    /// <summary>Where it comes from, for the report.</summary>
    public string Name => name;

    /// <summary>"music", "effects", "game".</summary>
    public string Kind => kind;

    /// <summary>The samples, 16 kHz mono.</summary>
    public ReadOnlySpan<float> Samples => CollectionsMarshal.AsSpan(_samples);

    /// <summary>How long it is.</summary>
    public double Seconds => (double)_samples.Count / Rate;

    /// <summary>Adds a piece of a file at the end.</summary>
    public void Add(string file, ReadOnlySpan<float> samples)
    {
        _pieces.Add((Seconds, file));
        _samples.AddRange(samples);
    }

    /// <summary>Adds silence at the end.</summary>
    public void Pause(double seconds) => _samples.AddRange(new float[(int)(seconds * Rate)]);

    /// <summary>The file that is heard at a moment.</summary>
    public string FileAt(double seconds) => _pieces.LastOrDefault(piece => piece.From <= seconds).File ?? "";
}
