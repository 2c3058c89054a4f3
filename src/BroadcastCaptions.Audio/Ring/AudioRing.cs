namespace BroadcastCaptions.Audio.Ring;

/// <summary>
/// The samples between a tap's callback and its consumer: one producer, one consumer, no lock, no allocation. The producer
/// never waits: when the consumer is too slow, the oldest samples are overwritten, and the consumer is told how many.
/// <para>How: the producer announces up to where it is about to write (<c>_claimed</c>), writes, then publishes
/// (<c>_written</c>). The consumer copies what is published and then looks at the announcement: if the producer may have
/// been writing over what was copied, the copy is thrown away and counted as lost.</para>
/// </summary>
internal sealed class AudioRing
{
    private readonly float[] _samples;
    private readonly int _channels;
    private long _claimed;
    private long _written;
    private long _read;

    /// <summary>A ring that holds <paramref name="frames"/> frames.</summary>
    public AudioRing(int frames, int channels)
    {
        _channels = channels;
        _samples = new float[checked(frames * channels)];
    }

    /// <summary>Frames read or lost so far. Consumer only.</summary>
    public long FramesPassed => _read / _channels;

    /// <summary>Frames that wait to be read. Any thread.</summary>
    public long FramesWaiting => Waiting / _channels;

    // None while more than the ring holds is being written at once: it was counted as lost, and what survives of it is not there yet.
    private long Waiting => Math.Max(0, Volatile.Read(ref _written) - Volatile.Read(ref _read));

    /// <summary>Producer: appends whole frames.</summary>
    public void Write(ReadOnlySpan<float> samples)
    {
        var start = Claim(samples.Length);
        // Of a block longer than the ring only the newest part would survive anyway.
        var surviving = samples[Math.Max(0, samples.Length - _samples.Length)..];
        var at = (int)((start + samples.Length - surviving.Length) % _samples.Length);
        var first = Math.Min(surviving.Length, _samples.Length - at);
        surviving[..first].CopyTo(_samples.AsSpan(at));
        surviving[first..].CopyTo(_samples);
        Volatile.Write(ref _written, start + samples.Length);
    }

    /// <summary>Producer: appends silence.</summary>
    public void WriteSilence(int frames)
    {
        var length = frames * (long)_channels;
        var start = Claim(length);
        var surviving = (int)Math.Min(length, _samples.Length);
        var at = (int)((start + length - surviving) % _samples.Length);
        var first = Math.Min(surviving, _samples.Length - at);
        _samples.AsSpan(at, first).Clear();
        _samples.AsSpan(0, surviving - first).Clear();
        Volatile.Write(ref _written, start + length);
    }

    /// <summary>
    /// Consumer: takes the oldest samples and returns how many. <paramref name="lostFrames"/> frames that came before them were
    /// overwritten; when it is not 0 nothing is returned, so that the caller can fill the hole first.
    /// </summary>
    /// <param name="destination">Room for whole frames.</param>
    /// <param name="lostFrames">Frames lost since the last call.</param>
    public int Read(Span<float> destination, out long lostFrames)
    {
        var length = (int)Math.Min(Math.Min(Waiting, destination.Length / _channels * _channels), _samples.Length);
        var at = (int)(_read % _samples.Length);
        var first = Math.Min(length, _samples.Length - at);
        _samples.AsSpan(at, first).CopyTo(destination);
        _samples.AsSpan(0, length - first).CopyTo(destination[first..]);

        Interlocked.MemoryBarrier(); // the copy is done before the claim is looked at
        var oldest = Volatile.Read(ref _claimed) - _samples.Length;
        if (oldest > _read)
        {
            lostFrames = (oldest - _read) / _channels;
            Volatile.Write(ref _read, oldest);
            return 0;
        }

        lostFrames = 0;
        Volatile.Write(ref _read, _read + length);
        return length;
    }

    private long Claim(long length)
    {
        var start = _written;
        Volatile.Write(ref _claimed, start + length);
        Interlocked.MemoryBarrier(); // the claim is seen before any sample changes
        return start;
    }
}
