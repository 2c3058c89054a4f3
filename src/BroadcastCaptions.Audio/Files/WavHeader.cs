using System.Buffers.Binary;

namespace BroadcastCaptions.Audio.Files;

/// <summary>
/// What stands before a WAV file's samples. Knows RIFF, RF64 and BW64; skips every chunk it does not know.
/// After <see cref="ReadAsync"/> the stream stands at the first sample.
/// </summary>
/// <param name="Format">The samples' format; null when they are coded in a way that is not plain samples.</param>
/// <param name="DataBytes">Bytes of samples that the header promises; null when its writer did not know (streams).</param>
internal sealed record WavHeader(WavFormat? Format, long? DataBytes)
{
    // Programs that write a WAV file into a pipe put the largest number they like: from here on it is no length.
    private const uint UnknownLength = 0x7FFF_0000;
    private const int LongestFormatChunk = 1024;

    /// <summary>Do these first bytes of a file begin a WAV file?</summary>
    public static bool Begins(ReadOnlySpan<byte> start) =>
        start.Length >= 12 && (start[..4].SequenceEqual("RIFF"u8) || Is64(start)) && start.Slice(8, 4).SequenceEqual("WAVE"u8);

    /// <summary>Reads up to the first sample.</summary>
    /// <param name="stream">The file from its start; may be a pipe.</param>
    /// <param name="fileBytes">Length of the file; null for a pipe.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="InvalidDataException">It is no WAV file, or ends before its samples.</exception>
    public static async Task<WavHeader> ReadAsync(Stream stream, long? fileBytes, CancellationToken cancellation)
    {
        var head = new byte[12];
        await ReadExactlyAsync(stream, head, cancellation);
        if (!Begins(head)) throw new InvalidDataException("no RIFF/WAVE header");
        var riffBytes = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
        var at = 12L;
        long? longDataBytes = null;
        WavFormat? format = null;
        var hasFormat = false;
        while (true)
        {
            await ReadExactlyAsync(stream, head.AsMemory(0, 8), cancellation);
            at += 8;
            var size = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
            if (head.AsSpan(0, 4).SequenceEqual("data"u8))
            {
                if (!hasFormat) throw new InvalidDataException("no format before the samples");
                return new WavHeader(format, DataLength(size, longDataBytes, riffBytes, fileBytes, at));
            }

            var padded = size + (size & 1L); // a chunk of odd length is followed by one byte that does not count
            var kept = (int)Math.Min(padded, LongestFormatChunk);
            var chunk = new byte[kept];
            await ReadExactlyAsync(stream, chunk, cancellation);
            if (head.AsSpan(0, 4).SequenceEqual("fmt "u8)) (format, hasFormat) = (WavFormat.Parse(chunk), true);
            else if (head.AsSpan(0, 4).SequenceEqual("ds64"u8) && kept >= 16)
                longDataBytes = BinaryPrimitives.ReadInt64LittleEndian(chunk.AsSpan(8));
            await SkipAsync(stream, padded - kept, cancellation);
            at += padded;
        }
    }

    private static bool Is64(ReadOnlySpan<byte> start) => start[..4].SequenceEqual("RF64"u8) || start[..4].SequenceEqual("BW64"u8);

    private static long? DataLength(uint size, long? longSize, uint riffBytes, long? fileBytes, long at)
    {
        if (size == uint.MaxValue && longSize is > 0) return longSize;
        if (size >= UnknownLength && (fileBytes is null || size > fileBytes - at)) return null;
        // 0 is a length only where the outer length was written too; else the writer never came back to fill it in.
        if (size == 0 && (fileBytes is null || riffBytes + 8L != fileBytes)) return null;
        return size;
    }

    private static async Task ReadExactlyAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellation)
    {
        if (await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation) < buffer.Length)
            throw new InvalidDataException("it ends before its first sample");
    }

    private static async Task SkipAsync(Stream stream, long bytes, CancellationToken cancellation)
    {
        if (stream.CanSeek)
        {
            stream.Seek(bytes, SeekOrigin.Current);
            return;
        }

        var scratch = new byte[4096];
        for (; bytes > 0; bytes -= scratch.Length)
            await ReadExactlyAsync(stream, scratch.AsMemory(0, (int)Math.Min(bytes, scratch.Length)), cancellation);
    }
}
