using System.Runtime.InteropServices;

namespace BroadcastCaptions.Bridge.Messages;

/// <summary>What stands before a block's samples.</summary>
/// <param name="FirstFrame">
/// Sequence: number of the block's first frame since the hello, 0 upward, every frame that the host delivered counted, sent or not. A
/// jump from one block's end to the next one's start is the length of what is missing.
/// </param>
/// <param name="CaptureTime">Sender's monotonic clock at the first frame, in nanoseconds.</param>
/// <param name="SampleRate">Samples a second and channel, 1 … 768,000.</param>
/// <param name="Channels">Channels, 1 … 8.</param>
/// <param name="Frames">Frames, 1 … 8192.</param>
public readonly record struct AudioHeader(long FirstFrame, long CaptureTime, int SampleRate, int Channels, int Frames)
{
    /// <summary>Bytes of the samples.</summary>
    public int SampleBytes => Frames * Channels * sizeof(float);

    /// <summary>Is every field within its range?</summary>
    public bool IsValid => FirstFrame >= 0
        && SampleRate is > 0 and <= BridgeProtocol.HighestRate
        && Channels is > 0 and <= BridgeProtocol.MostChannels
        && Frames is > 0 and <= BridgeProtocol.MostFrames;
}

/// <summary>A block of sound that is on air: the plug-in sends no other.</summary>
/// <param name="header">What it is.</param>
/// <param name="samples">Interleaved 32-bit floats, little-endian as on the wire.</param>
public readonly ref struct AudioBlock(AudioHeader header, ReadOnlySpan<byte> samples)
{
    /// <summary>What it is.</summary>
    public AudioHeader Header { get; } = header;

    /// <summary>Interleaved 32-bit floats, little-endian, unaligned.</summary>
    public ReadOnlySpan<byte> Samples { get; } = samples;

    /// <summary>Copies the samples out. What is no number (NaN, ±∞) becomes silence: it would poison every filter behind.</summary>
    /// <param name="destination">Room for <see cref="AudioHeader.Frames"/> × <see cref="AudioHeader.Channels"/>.</param>
    public void CopyTo(Span<float> destination)
    {
        Samples.CopyTo(MemoryMarshal.AsBytes(destination));
        foreach (ref var sample in destination[..(Samples.Length / sizeof(float))])
            if (!float.IsFinite(sample)) sample = 0;
    }

    /// <summary>Reads it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out AudioBlock block)
    {
        block = default;
        var reader = new PayloadReader(payload);
        var (first, time, rate) = (reader.Int64(), reader.Int64(), reader.UInt32());
        var (channels, _) = (reader.UInt16(), reader.UInt16());
        var frames = reader.UInt32();
        if (rate > BridgeProtocol.HighestRate || frames > BridgeProtocol.MostFrames) return false;
        var header = new AudioHeader(first, time, (int)rate, channels, (int)frames);
        if (!header.IsValid) return false;
        block = new AudioBlock(header, reader.Take(header.SampleBytes));
        return reader.IsGood;
    }

    /// <summary>Writes all but the samples. False: it does not fit, or a field is out of range.</summary>
    /// <param name="header">What it is.</param>
    /// <param name="destination">Where the message goes.</param>
    /// <param name="samples">Room for the samples, a part of <paramref name="destination"/>: the caller fills it.</param>
    /// <param name="written">Bytes of the whole message.</param>
    public static bool TryBegin(AudioHeader header, Span<byte> destination, out Span<byte> samples, out int written)
    {
        samples = default;
        written = 0;
        if (!header.IsValid) return false;
        var writer = new PayloadWriter(destination, MessageType.Audio);
        writer.Int64(header.FirstFrame);
        writer.Int64(header.CaptureTime);
        writer.UInt32((uint)header.SampleRate);
        writer.UInt16((ushort)header.Channels);
        writer.UInt16(0);
        writer.UInt32((uint)header.Frames);
        samples = writer.Room(header.SampleBytes);
        return writer.End(out written);
    }
}
