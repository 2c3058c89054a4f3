namespace BroadcastCaptions.Audio.Devices;

/// <summary>
/// What the sound server's thread hands its samples to. Called under libpulse's lock on its thread: implementations allocate
/// nothing, take no lock, log nothing and throw nothing.
/// </summary>
internal interface ICaptureReceiver
{
    /// <summary>Audio has come in; it follows by <see cref="Write"/> and <see cref="WriteHole"/>.</summary>
    /// <param name="frames">How much.</param>
    /// <param name="age">Seconds since its first sample sounded, where the server knows; else 0.</param>
    void Arrive(int frames, double age);

    /// <summary>Samples, interleaved, whole frames.</summary>
    void Write(ReadOnlySpan<float> samples);

    /// <summary>The server lost this many frames.</summary>
    void WriteHole(int frames);
}
