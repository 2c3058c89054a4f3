namespace BroadcastCaptions.Audio.Speech;

/// <summary>Peak, RMS and digital silence of a 16 kHz mono stream. Fed by one thread, read by any.</summary>
internal sealed class LevelMeter
{
    // Half a step of 16-bit audio: the hiss of any real microphone is above, a muted or unconnected one below.
    private const float DigitalSilence = 0.5f / 32768;
    private const int WindowSamples = 800; // 50 ms

    private float _peak;
    private double _squares;
    private int _samples;
    private long _silentSamples;
    private long _published;

    /// <summary>The last full window.</summary>
    public AudioLevel Level
    {
        get
        {
            var bits = Volatile.Read(ref _published);
            return new AudioLevel(BitConverter.Int32BitsToSingle((int)(bits >> 32)), BitConverter.Int32BitsToSingle((int)bits));
        }
    }

    /// <summary>Seconds of unbroken digital silence up to now.</summary>
    public double SilentSeconds => (double)Volatile.Read(ref _silentSamples) / AudioFormat.Speech.SampleRate;

    /// <summary>Measures what the source gave. Silence that we filled in ourselves does not belong here.</summary>
    public void Observe(ReadOnlySpan<float> mono)
    {
        var silent = _silentSamples;
        foreach (var sample in mono)
        {
            var magnitude = Math.Abs(sample);
            silent = magnitude < DigitalSilence ? silent + 1 : 0;
            _peak = Math.Max(_peak, magnitude);
            _squares += magnitude * (double)magnitude;
            if (++_samples == WindowSamples) Publish();
        }

        Volatile.Write(ref _silentSamples, silent);
    }

    private void Publish()
    {
        var rms = (float)Math.Sqrt(_squares / _samples);
        var bits = ((long)BitConverter.SingleToInt32Bits(_peak) << 32) | (uint)BitConverter.SingleToInt32Bits(rms);
        Volatile.Write(ref _published, bits);
        (_peak, _squares, _samples) = (0, 0, 0);
    }
}
