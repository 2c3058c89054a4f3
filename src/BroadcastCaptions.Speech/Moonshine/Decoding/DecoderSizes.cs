using System.Runtime.InteropServices;

namespace BroadcastCaptions.Speech.Moonshine.Decoding;

/// <summary>What the file of a decoder's weights begins with.</summary>
/// <param name="Format">What it is, and of which version.</param>
/// <param name="Layers">Decoder layers.</param>
/// <param name="Heads">Attention heads a layer.</param>
/// <param name="Width">Width of the model.</param>
/// <param name="Hidden">Width of the feed-forward, behind its gate.</param>
/// <param name="Vocabulary">Number of tokens.</param>
/// <param name="Frequencies">Pairs of a head's numbers that are turned by the position.</param>
/// <param name="Epsilon">What keeps a norm's variance from zero.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct DecoderSizes(int Format, int Layers, int Heads, int Width, int Hidden, int Vocabulary, int Frequencies, float Epsilon)
{
    /// <summary>"BCD1".</summary>
    public const int Known = 0x31444342;

    /// <summary>Size of a head.</summary>
    public int HeadSize => Width / Heads;
}
