namespace BroadcastCaptions.Audio;

/// <summary>How samples lie in a frame: interleaved 32-bit floats in −1 … 1.</summary>
/// <param name="SampleRate">Samples a second and channel, 1 … 768,000.</param>
/// <param name="Channels">Channels, 1 … 255.</param>
public readonly record struct AudioFormat(int SampleRate, int Channels)
{
    /// <summary>So many channels are read.</summary>
    public const int MostChannels = 255;

    /// <summary>What every recogniser takes: 16 kHz, mono.</summary>
    public static AudioFormat Speech { get; } = new(16_000, 1);

    /// <summary>As a user would say it.</summary>
    public override string ToString() => $"{SampleRate} Hz, {Channels} channel{(Channels == 1 ? "" : "s")}";
}
