using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace BroadcastCaptions.Speech.Rewriting;

/// <summary>The speech that is built into the program, to judge a model by: 16 kHz mono.</summary>
internal static class BuiltInClips
{
    private const string Prefix = "Clips/";
    private const int FirstChunk = 12; // after RIFF, size, WAVE

    /// <summary>Every clip's samples.</summary>
    public static IEnumerable<float[]> All()
    {
        var assembly = typeof(BuiltInClips).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order())
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var file = new byte[stream.Length];
            stream.ReadExactly(file);
            yield return Samples(file);
        }
    }

    private static float[] Samples(ReadOnlySpan<byte> wave) // 16-bit: they are ours
    {
        var chunk = wave[FirstChunk..];
        while (!chunk.StartsWith("data"u8)) chunk = chunk[(8 + BinaryPrimitives.ReadInt32LittleEndian(chunk[4..]))..];
        var integers = MemoryMarshal.Cast<byte, short>(chunk.Slice(8, BinaryPrimitives.ReadInt32LittleEndian(chunk[4..])));
        var samples = new float[integers.Length];
        TensorPrimitives.ConvertSaturating(integers, samples);
        TensorPrimitives.Divide(samples, 32_768f, samples);
        return samples;
    }
}
