using BroadcastCaptions.Speech.Recordings;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>A window that slides over a recording.</summary>
/// <param name="source">The recording.</param>
/// <param name="length">Samples of the window.</param>
internal sealed class SampleWindow(ISpeechSamples source, int length)
{
    private readonly float[] _samples = new float[length];
    private bool _ended;

    /// <summary>Number of the first sample.</summary>
    public long Position { get; private set; }

    /// <summary>Samples in the window.</summary>
    public int Count { get; private set; }

    /// <summary>The samples.</summary>
    public ReadOnlySpan<float> Samples => _samples.AsSpan(0, Count);

    /// <summary>Reads until the window is full or the recording has ended. Returns <see cref="Count"/>.</summary>
    public int Fill()
    {
        while (Count < length && !_ended)
        {
            var read = source.Read(_samples.AsSpan(Count));
            _ended = read == 0;
            Count += read;
        }

        return Count;
    }

    /// <summary>Moves on; at least by a frame, so that it always ends.</summary>
    public void Advance(int samples)
    {
        samples = Math.Clamp(samples, Math.Min(Count, LogMel.Hop), Count);
        _samples.AsSpan(samples, Count - samples).CopyTo(_samples);
        Count -= samples;
        Position += samples;
    }
}
