using BroadcastCaptions.Audio.Ring;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.Devices;

/// <summary>
/// One recording stream from its first sample to its last: the ring, where its first sample stands on the media clock, and how far
/// its samples have fallen behind that clock since. Written by the sound server's thread, read by the consumer.
/// </summary>
internal sealed class CaptureSession(AudioFormat format, MediaClock clock) : ICaptureReceiver
{
    // Long enough for a consumer that loads a model or is stopped by a debugger's breath; 4 MB at 48 kHz stereo.
    private const int RingSeconds = 10;
    private const double OldestAge = 0.5;

    private long _framesIn;
    private long _holeFrames;
    private double _arrivalOfFirst;
    private double _leastLateness = double.MaxValue;
    private bool _hasStarted;

    /// <summary>Rate and channels.</summary>
    public AudioFormat Format => format;

    /// <summary>Samples on their way to the consumer.</summary>
    public AudioRing Ring { get; } = new(format.SampleRate * RingSeconds, format.Channels);

    /// <summary>Has audio come in yet? From then on the times below are known.</summary>
    public bool HasStarted => Volatile.Read(ref _hasStarted);

    /// <summary>Media time of the first sample.</summary>
    public MediaTime FirstSample { get; private set; }

    /// <summary>Seconds between a sample's sounding and its arrival here, beyond the block it comes in.</summary>
    public double DeviceDelay { get; private set; }

    /// <summary>Frames of silence that stand for what the server lost.</summary>
    public long HoleFrames => Volatile.Read(ref _holeFrames);

    /// <summary>
    /// The least that audio was late since the last call, in seconds, against a device that runs exactly at its rate. Delays come
    /// and go; the least of some seconds is what the device's clock has drifted, or has been lost. MaxValue: no audio came.
    /// </summary>
    public double TakeLeastLateness() => Interlocked.Exchange(ref _leastLateness, double.MaxValue);

    /// <inheritdoc/>
    public void Arrive(int frames, double age)
    {
        var now = clock.Now.Seconds;
        if (!_hasStarted)
        {
            var block = (double)frames / format.SampleRate;
            _arrivalOfFirst = now - block;
            DeviceDelay = Math.Clamp(age - block, 0, OldestAge);
            FirstSample = new MediaTime(_arrivalOfFirst - DeviceDelay);
            Volatile.Write(ref _hasStarted, true);
        }

        _framesIn += frames;
        var lateness = now - _arrivalOfFirst - ((double)_framesIn / format.SampleRate);
        if (lateness < Volatile.Read(ref _leastLateness)) Volatile.Write(ref _leastLateness, lateness);
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<float> samples) => Ring.Write(samples);

    /// <inheritdoc/>
    public void WriteHole(int frames)
    {
        Volatile.Write(ref _holeFrames, _holeFrames + frames);
        Ring.WriteSilence(frames);
    }
}
