using System.Buffers.Binary;

namespace BroadcastCaptions.Audio.Files;

/// <summary>Bytes of a WAV file to floats in −1 … 1.</summary>
internal static class SampleDecoder
{
    /// <summary>Decodes as many samples as <paramref name="samples"/> has room for.</summary>
    public static void Decode(WavEncoding encoding, ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        switch (encoding)
        {
            case WavEncoding.UInt8:
                for (var i = 0; i < samples.Length; i++) samples[i] = (bytes[i] - 128) / 128f;
                break;
            case WavEncoding.Int16:
                for (var i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]) / 32768f;
                break;
            case WavEncoding.Int24:
                for (var i = 0; i < samples.Length; i++) samples[i] = ReadInt24(bytes[(3 * i)..]) / 8388608f;
                break;
            case WavEncoding.Int32:
                for (var i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]) / 2147483648f;
                break;
            case WavEncoding.Float32:
                for (var i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
                break;
            default:
                for (var i = 0; i < samples.Length; i++) samples[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]);
                break;
        }
    }

    private static int ReadInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | ((sbyte)bytes[2] << 16);
}
