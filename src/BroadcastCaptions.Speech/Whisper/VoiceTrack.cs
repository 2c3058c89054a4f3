using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Recordings;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>A recording that remembers, of what was read of it, where somebody speaks.</summary>
/// <param name="source">The recording.</param>
/// <param name="detector">Hears whether somebody speaks; from the recording's start.</param>
internal sealed class VoiceTrack(ISpeechSamples source, IVoiceDetector detector) : ISpeechSamples
{
    private const int Step = VoiceWindow.Samples;

    private readonly float[] _step = new float[Step];
    private readonly List<float> _probabilities = [];
    private long _forgotten; // steps before the first that is remembered
    private int _filled;

    /// <inheritdoc/>
    public int Read(Span<float> buffer)
    {
        var read = source.Read(buffer);
        for (var left = (ReadOnlySpan<float>)buffer[..read]; left.Length > 0;)
        {
            var count = Math.Min(left.Length, Step - _filled);
            left[..count].CopyTo(_step.AsSpan(_filled));
            left = left[count..];
            if ((_filled += count) == Step) Judge();
        }

        if (read > 0 || _filled == 0) return read;
        Array.Clear(_step, _filled, Step - _filled); // behind the recording's end lies silence
        Judge();
        return 0;
    }

    /// <summary>Seconds of speech between two seconds of the recording that were read and not forgotten.</summary>
    /// <param name="from">Seconds of the recording.</param>
    /// <param name="to">Seconds of the recording.</param>
    /// <param name="probability">From which on it is speech, 0 … 1.</param>
    public double SpeechIn(double from, double to, double probability)
    {
        var (first, end) = (IndexOf(Math.Floor(from * VoiceWindow.SampleRate / Step)), IndexOf(Math.Ceiling(to * VoiceWindow.SampleRate / Step)));
        var steps = 0;
        for (var i = first; i < end; i++) steps += _probabilities[i] >= probability ? 1 : 0;
        return (double)steps * Step / VoiceWindow.SampleRate;
    }

    /// <summary>Forgets what lies before a second of the recording.</summary>
    public void Forget(double before)
    {
        var count = IndexOf(Math.Floor(before * VoiceWindow.SampleRate / Step));
        _probabilities.RemoveRange(0, count);
        _forgotten += count;
    }

    private int IndexOf(double step) => (int)Math.Clamp(step - _forgotten, 0, _probabilities.Count);

    private void Judge()
    {
        _probabilities.Add(detector.Next(_step));
        _filled = 0;
    }
}
