using System.Text;

namespace BroadcastCaptions;

/// <summary>What must be known of writing systems: where spaces stand and lines may break.</summary>
public static class Scripts
{
    /// <summary>Chinese characters and hiragana: no spaces between words, a line may break before and after each.</summary>
    public static bool IsIdeographic(int c) =>
        c is (>= 0x2E80 and <= 0x2FDF) or (>= 0x3005 and <= 0x3007) or (>= 0x3041 and <= 0x309F) or (>= 0x3400 and <= 0x4DBF)
            or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFD);

    /// <summary>Katakana with its lengthening mark: runs of it are words (UAX #29), but a line may break between any two.</summary>
    public static bool IsKatakana(int c) => c is (>= 0x30A0 and <= 0x30FF and not 0x30FB) or (>= 0x31F0 and <= 0x31FF) or (>= 0xFF66 and <= 0xFF9D);

    /// <summary>Thai, Lao, Myanmar and Khmer: no spaces between words, and no rule that finds words without a dictionary.</summary>
    public static bool IsSoutheastAsian(int c) => c is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF);

    /// <summary>Scripts written without spaces between words.</summary>
    public static bool IsSpaceless(int c) => IsIdeographic(c) || IsKatakana(c) || IsSoutheastAsian(c) || IsCjkPunctuation(c);

    /// <summary>May a line break beside this character although there is no space?</summary>
    public static bool BreaksAnywhere(int c) => IsIdeographic(c) || IsKatakana(c) || IsCjkPunctuation(c);

    /// <summary>Must words of two segments be joined by a space?</summary>
    public static bool NeedsSpaceBetween(string before, string after) =>
        before.Length > 0 && after.Length > 0 && !(IsSpaceless(Last(before)) && IsSpaceless(First(after)));

    /// <summary>Are both of scripts that put a space between words?</summary>
    public static bool AreSpaced(string before, string after) =>
        before.Length > 0 && after.Length > 0 && !IsSpaceless(Last(before)) && !IsSpaceless(First(after));

    /// <summary>First code point of a text that is not empty.</summary>
    public static int First(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out var rune, out _);
        return rune.Value;
    }

    /// <summary>Last code point of a text that is not empty.</summary>
    public static int Last(ReadOnlySpan<char> text)
    {
        Rune.DecodeLastFromUtf16(text, out var rune, out _);
        return rune.Value;
    }

    private static bool IsCjkPunctuation(int c) => c is (>= 0x3000 and <= 0x303F) or 0x30FB or (>= 0xFF01 and <= 0xFF0F) or (>= 0xFF1A and <= 0xFF1F);
}
