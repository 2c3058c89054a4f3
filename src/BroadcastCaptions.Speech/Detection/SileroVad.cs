using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Detection;

/// <summary>Silero VAD v6, loaded once; every source gets a detector of its own from it.</summary>
public sealed class SileroVad : IDisposable
{
    private readonly SileroWeights _weights;

    /// <summary>Loads the model.</summary>
    /// <param name="modelPath">silero_vad_v6.onnx.</param>
    /// <exception cref="CaptionsException">The file cannot be loaded.</exception>
    public SileroVad(string modelPath)
    {
        try
        {
            _weights = new(modelPath);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new CaptionsException(
                $"The model file {modelPath} cannot be loaded.", "Run 'captions models verify', and 'captions models pull' for what it finds damaged.", inner: e);
        }
    }

    /// <summary>A detector for one source; it must not outlive this model.</summary>
    public IVoiceDetector CreateDetector() => new SileroDetector(_weights);

    /// <inheritdoc/>
    public void Dispose() => _weights.Dispose();
}
