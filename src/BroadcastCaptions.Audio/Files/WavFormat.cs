using System.Buffers.Binary;

namespace BroadcastCaptions.Audio.Files;

/// <summary>How a sample is written in a WAV file.</summary>
internal enum WavEncoding
{
    /// <summary>8 bits, unsigned.</summary>
    UInt8,

    /// <summary>16 bits, signed.</summary>
    Int16,

    /// <summary>24 bits, signed.</summary>
    Int24,

    /// <summary>32 bits, signed.</summary>
    Int32,

    /// <summary>32-bit float.</summary>
    Float32,

    /// <summary>64-bit float.</summary>
    Float64,
}

/// <summary>A WAV file's <c>fmt </c> chunk, in our terms.</summary>
/// <param name="Audio">Rate and channels; of these there may be more than <see cref="AudioFormat.MostChannels"/>.</param>
/// <param name="Encoding">How a sample is written.</param>
/// <param name="BytesPerSample">Bytes of one sample of one channel.</param>
internal readonly record struct WavFormat(AudioFormat Audio, WavEncoding Encoding, int BytesPerSample)
{
    private const ushort Pcm = 1, Float = 3, Extensible = 0xFFFE;
    private const int SubFormatOffset = 24;

    /// <summary>Bytes of one frame.</summary>
    public int FrameBytes => BytesPerSample * Audio.Channels;

    /// <summary>Reads a <c>fmt </c> chunk; null for a coding that is not plain samples (ADPCM, A-law, MP3 …) or makes no sense.</summary>
    public static WavFormat? Parse(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < 16) return null;
        var tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        if (tag == Extensible)
        {
            if (chunk.Length < SubFormatOffset + 2) return null;
            tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk[SubFormatOffset..]);
        }

        int channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        int blockAlign = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        if (channels < 1 || rate is < 1 or > 768_000 || blockAlign % channels != 0) return null;

        // The container counts, not the valid bits: 20-bit samples lie left-justified in 24.
        var bytes = blockAlign / channels;
        return EncodingOf(tag, bytes) is { } encoding
            ? new WavFormat(new AudioFormat((int)rate, channels), encoding, bytes)
            : null;
    }

    private static WavEncoding? EncodingOf(ushort tag, int bytes) => (tag, bytes) switch
    {
        (Pcm, 1) => WavEncoding.UInt8,
        (Pcm, 2) => WavEncoding.Int16,
        (Pcm, 3) => WavEncoding.Int24,
        (Pcm, 4) => WavEncoding.Int32,
        (Float, 4) => WavEncoding.Float32,
        (Float, 8) => WavEncoding.Float64,
        _ => null,
    };
}
