using BroadcastCaptions.Audio.Resampling;
using BroadcastCaptions.Audio.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio;

/// <summary>
/// A tap's frames as every recogniser takes them: 16 kHz, mono, one after the other without gap or overlap, whatever the tap
/// delivers and however often its format changes. Allocates only while its buffer grows to the tap's block size and
/// when the format changes. One consumer thread; <see cref="Level"/> and <see cref="DigitalSilenceSeconds"/> from any.
/// </summary>
/// <param name="tap">The tap; started and disposed by the caller.</param>
public sealed class SpeechFrames(IAudioTap tap)
{
    private readonly LevelMeter _meter = new();
    private float[] _output = new float[2048];
    private int _length;
    private Resampler? _resampler;
    private AudioFormat _format;
    private MediaTime _first;
    private long _position;
    private bool _started;

    /// <summary>The tap behind.</summary>
    public IAudioTap Tap => tap;

    /// <summary>True once the tap has completed and the last sample was read.</summary>
    public bool IsCompleted { get; private set; }

    /// <summary>The peak of the last 50 ms in decibels relative to full scale; −120 for silence.</summary>
    public double LevelDb => Level.PeakDecibels;

    /// <summary>Peak and RMS of the last 50 ms.</summary>
    public AudioLevel Level => _meter.Level;

    /// <summary>
    /// Seconds of unbroken digital silence (not one bit set) that the source itself delivered: a muted or unconnected microphone.
    /// </summary>
    public double DigitalSilenceSeconds => _meter.SilentSeconds;

    /// <summary>
    /// Takes the next frame if there is one; never blocks. Valid until the next call. A frame counts as fill when the tap's
    /// frame was; up to <see cref="Resampler.LookAhead"/> of it may still be real.
    /// </summary>
    public bool TryRead(out AudioFrame frame)
    {
        _length = 0;
        var isFill = false;
        while (_length == 0)
        {
            if (tap.TryRead(out var input))
            {
                Take(input);
                isFill = input.IsFill;
            }
            else if (tap.IsCompleted && !IsCompleted)
            {
                Flush();
                IsCompleted = true;
            }
            else
            {
                frame = default;
                return false;
            }
        }

        var samples = _output.AsSpan(0, _length);
        if (!isFill) _meter.Observe(samples);
        var start = _first.Plus(MediaTime.FromSamples(_position, AudioFormat.Speech.SampleRate).Seconds);
        frame = new AudioFrame(start, AudioFormat.Speech, samples, isFill);
        _position += _length;
        return true;
    }

    private void Take(AudioFrame input)
    {
        if (!_started) (_first, _started) = (input.Start, true);
        if (_resampler is null || input.Format != _format)
        {
            Flush(); // the old format's last samples come first, in the same frame
            (_format, _resampler) = (input.Format, new Resampler(input.Format));
        }

        var rest = input.Samples;
        while (rest.Length >= _format.Channels)
        {
            rest = rest[(_resampler.Write(rest) * _format.Channels)..];
            Drain(_resampler);
        }
    }

    private void Flush()
    {
        if (_resampler is null) return;
        _resampler.Complete();
        Drain(_resampler);
        _resampler = null;
    }

    private void Drain(Resampler resampler)
    {
        while (true)
        {
            _length += resampler.Read(_output.AsSpan(_length));
            if (_length < _output.Length) return;
            Array.Resize(ref _output, _output.Length * 2);
        }
    }
}
