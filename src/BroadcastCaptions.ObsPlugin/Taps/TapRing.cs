using BroadcastCaptions.ObsPlugin.Native;

namespace BroadcastCaptions.ObsPlugin.Taps;

/// <summary>
/// Records on their way from an audio thread to the sender, in native memory: one producer, one consumer, no lock, no allocation. What the
/// producer appends is seen only once it is published, and can be taken back until then. Where there is no room, nothing is appended: what
/// waits is so old by then that the sender drops it.
/// </summary>
internal sealed unsafe class TapRing : IDisposable
{
    /// <summary>2.7 s of 48 kHz stereo: a power of two.</summary>
    public const int Capacity = 1 << 20;

    private byte* _memory = Pages.Allocate(Capacity); // all there: the audio thread pays for no page fault in its first lap
    private long _end;       // producer: where the next record goes
    private long _published; // producer → consumer
    private long _read;      // consumer → producer

    /// <summary>Producer: is anything appended and not published?</summary>
    public bool HasPending => _end != _published;

    /// <summary>Producer: appends a record with its samples, plane after plane.</summary>
    /// <param name="record">What it is.</param>
    /// <param name="planes">The channels' samples.</param>
    /// <param name="firstFrame">Where in them the record begins.</param>
    /// <returns>False: no room.</returns>
    public bool TryAppend(in RingRecord record, ReadOnlySpan<nint> planes, int firstFrame = 0)
    {
        var plane = record.Frames * sizeof(float);
        var length = (RingRecord.Size + (plane * planes.Length) + RingRecord.Size - 1) / RingRecord.Size * RingRecord.Size;
        if (_end + length - Volatile.Read(ref _read) > Capacity) return false;
        var header = (RingRecord*)At(_end);
        *header = record;
        header->Length = length;
        var at = _end + RingRecord.Size;
        foreach (var from in planes)
        {
            Copy(at, (byte*)((float*)from + firstFrame), plane);
            at += plane;
        }

        _end += length;
        return true;
    }

    /// <summary>Producer: shows the consumer what was appended.</summary>
    public void Publish()
    {
        StreamingCopy.Finish();
        Volatile.Write(ref _published, _end);
    }

    /// <summary>Producer: takes back what was appended and not published.</summary>
    public void TakeBack() => _end = _published;

    /// <summary>Producer: the first frame that was appended and not published. Only while <see cref="HasPending"/>.</summary>
    public ref readonly RingRecord FirstPending => ref *(RingRecord*)At(_published);

    /// <summary>Consumer: the oldest record; stays until <see cref="Skip"/>.</summary>
    public bool TryPeek(out RingRecord record)
    {
        record = default;
        if (Volatile.Read(ref _published) == _read) return false;
        record = *(RingRecord*)At(_read);
        return true;
    }

    /// <summary>Consumer: the oldest record's samples, interleaved.</summary>
    public void CopyInterleaved(in RingRecord record, Span<float> destination)
    {
        for (var channel = 0; channel < record.Channels; channel++)
        {
            var at = _read + RingRecord.Size + ((long)channel * record.Frames * sizeof(float));
            for (var frame = 0; frame < record.Frames; frame++, at += sizeof(float)) destination[(frame * record.Channels) + channel] = *(float*)At(at);
        }
    }

    /// <summary>Consumer: done with the oldest record.</summary>
    public void Skip(in RingRecord record) => Volatile.Write(ref _read, _read + record.Length);

    /// <summary>Frees the memory. Neither side may touch it any more.</summary>
    public void Dispose()
    {
        Pages.Free(_memory, Capacity);
        _memory = null;
    }

    private byte* At(long position) => _memory + (position & (Capacity - 1));

    private void Copy(long to, byte* from, int length)
    {
        var first = (int)Math.Min(length, Capacity - (to & (Capacity - 1)));
        StreamingCopy.Copy(from, At(to), first);
        StreamingCopy.Copy(from + first, _memory, length - first);
    }
}
