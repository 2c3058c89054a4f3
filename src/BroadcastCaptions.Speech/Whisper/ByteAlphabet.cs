namespace BroadcastCaptions.Speech.Whisper;

/// <summary>
/// How byte-level vocabularies write bytes as characters (GPT-2's way): what can be printed stands for itself, the others for
/// the characters from U+0100 on, in order.
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] ToCharacter = new char[256];
    private static readonly short[] ToByte = new short[0x180];

    static ByteAlphabet()
    {
        Array.Fill(ToByte, (short)-1);
        var next = (char)0x100;
        for (var value = 0; value < 256; value++)
        {
            var prints = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE;
            ToCharacter[value] = prints ? (char)value : next++;
            ToByte[ToCharacter[value]] = (short)value;
        }
    }

    /// <summary>The character of a byte.</summary>
    public static char Character(byte value) => ToCharacter[value];

    /// <summary>The bytes that a piece of the vocabulary stands for; null where it is not written so.</summary>
    public static byte[]? Bytes(string piece)
    {
        var bytes = new byte[piece.Length];
        for (var i = 0; i < piece.Length; i++)
        {
            if (piece[i] >= ToByte.Length || ToByte[piece[i]] < 0) return null;
            bytes[i] = (byte)ToByte[piece[i]];
        }

        return bytes;
    }
}
