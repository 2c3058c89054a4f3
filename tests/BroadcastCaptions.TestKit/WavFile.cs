using System.Text;

namespace BroadcastCaptions.TestKit;

/// <summary>Writes the simplest WAV there is.</summary>
public static class WavFile
{
    /// <summary>Mono, 16 bits.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="samples">−1 … 1.</param>
    /// <param name="rate">Samples a second.</param>
    public static async Task WriteAsync(string path, ReadOnlyMemory<float> samples, int rate)
    {
        await using var file = File.Create(path);
        await using var writer = new BinaryWriter(file);
        writer.Write(Encoding.ASCII.GetBytes("RIFF"));
        writer.Write(36 + 2 * samples.Length);
        writer.Write(Encoding.ASCII.GetBytes("WAVEfmt "));
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(rate);
        writer.Write(2 * rate);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write(Encoding.ASCII.GetBytes("data"));
        writer.Write(2 * samples.Length);
        foreach (var sample in samples.Span) writer.Write((short)Math.Clamp(MathF.Round(sample * 32767), short.MinValue, short.MaxValue));
    }
}
