using System.Numerics.Tensors;

namespace BroadcastCaptions.Speech.Detection;

/// <summary>The step in which voice activity is judged.</summary>
public static class VoiceWindow
{
    /// <summary>Samples a window at <see cref="SampleRate"/> (32 ms): the only size that Silero v5 and v6 take at 16 kHz.</summary>
    public const int Samples = 512;

    /// <summary>Samples a second of all speech processing.</summary>
    public const int SampleRate = 16_000;

    /// <summary>How loud it is: its RMS in dBFS; −90 for silence and where there is none.</summary>
    internal static float Level(ReadOnlySpan<float> window) =>
        window.IsEmpty ? -90 : 10 * MathF.Log10((TensorPrimitives.SumOfSquares(window) / window.Length) + 1e-9f);
}
