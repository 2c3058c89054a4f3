using System.IO.Compression;
using System.Text;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>Tells text that runs in circles: it can be packed too well.</summary>
internal static class LoopGuard
{
    /// <summary>The reference's threshold: text that shrinks to less than this part is no speech.</summary>
    public const double MostCompression = 2.4;

    /// <summary>Does the text repeat itself?</summary>
    public static bool Repeats(string text) => Ratio(text) > MostCompression;

    /// <summary>Bytes of the text to bytes of it packed; 0 for none.</summary>
    public static double Ratio(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.Trim());
        if (bytes.Length == 0) return 0;
        using var packed = new MemoryStream();
        using (var packer = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) packer.Write(bytes);
        return (double)bytes.Length / packed.Length;
    }
}
