namespace BroadcastCaptions.Speech.Detection;

/// <summary>Says of each window of one source's audio how probable speech is. Stateful; one a source, one thread.</summary>
public interface IVoiceDetector : IDisposable
{
    /// <summary>Speech probability, 0 … 1, of the next window. Allocates nothing.</summary>
    /// <param name="window">The <see cref="VoiceWindow.Samples"/> samples that follow the last window, 16 kHz mono.</param>
    float Next(ReadOnlySpan<float> window);

    /// <summary>Forgets what was heard: the next window does not follow the last one.</summary>
    void Reset();
}
