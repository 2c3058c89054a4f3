using System.Runtime.InteropServices;

namespace BroadcastCaptions.Speech.Decoding;

/// <summary>What the file of a decoder's weights begins with.</summary>
/// <param name="Format">What it is, and of which version.</param>
/// <param name="Layers">Decoder layers.</param>
/// <param name="Heads">Attention heads a layer.</param>
/// <param name="Width">Width of the model.</param>
/// <param name="Hidden">Width of the feed-forward, behind its gate.</param>
/// <param name="Vocabulary">Number of tokens.</param>
/// <param name="Frequencies">Pairs of a head's numbers that are turned by the position: Moonshine's; 0 for a Whisper.</param>
/// <param name="Positions">Positions that a Whisper has learned by heart; 0 for a Moonshine.</param>
/// <param name="Epsilon">What keeps a norm's variance from zero.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct DecoderSizes(int Format, int Layers, int Heads, int Width, int Hidden, int Vocabulary, int Frequencies, int Positions, float Epsilon)
{
    /// <summary>"BCD2".</summary>
    public const int Known = 0x32444342;

    /// <summary>Size of a head.</summary>
    public int HeadSize => Width / Heads;

    /// <summary>Is it a Whisper's? Its norms shift, and its feed-forward has no gate.</summary>
    public bool IsWhisper => Positions > 0;

    /// <summary>What the feed-forward's first product gives.</summary>
    public int Up => IsWhisper ? Hidden : 2 * Hidden;
}
