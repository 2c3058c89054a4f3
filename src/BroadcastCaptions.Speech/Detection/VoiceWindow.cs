namespace BroadcastCaptions.Speech.Detection;

/// <summary>The step in which voice activity is judged.</summary>
public static class VoiceWindow
{
    /// <summary>Samples a window at <see cref="SampleRate"/> (32 ms): the only size that Silero v5 and v6 take at 16 kHz.</summary>
    public const int Samples = 512;

    /// <summary>Samples a second of all speech processing.</summary>
    public const int SampleRate = 16_000;
}
