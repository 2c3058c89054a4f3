using BroadcastCaptions.Speech.Models;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Detection;

/// <summary>Silero VAD v5 or v6, loaded once; every source gets a detector of its own from it.</summary>
public sealed class SileroVad : IDisposable
{
    private readonly InferenceSession _session;

    /// <summary>Loads the model.</summary>
    /// <param name="modelPath">silero_vad_v5.onnx or silero_vad_v6.onnx.</param>
    /// <exception cref="Failures.CaptionsException">The file cannot be loaded.</exception>
    public SileroVad(string modelPath)
    {
        using var options = Sessions.Options(threads: 1); // a window takes 0.1 ms: more threads only cost
        _session = Sessions.Load(modelPath, options);
    }

    /// <summary>A detector for one source; it must not outlive this model.</summary>
    public IVoiceDetector CreateDetector() => new SileroDetector(_session);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
