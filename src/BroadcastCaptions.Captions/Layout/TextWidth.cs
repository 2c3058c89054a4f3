using System.Globalization;
using System.Text;

namespace BroadcastCaptions.Captions.Layout;

/// <summary>Width of text in columns: grapheme clusters weighed by East Asian width (UAX #29, UAX #11).</summary>
internal static class TextWidth
{
    private const int EmojiPresentation = 0xFE0F;

    /// <summary>Columns of a text.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        if (IsPlain(text)) return text.Length;
        var width = 0;
        while (!text.IsEmpty)
        {
            var length = GraphemeLength(text);
            width += OfGrapheme(text[..length]);
            text = text[length..];
        }

        return width;
    }

    /// <summary>Columns of one grapheme cluster: 0 (combining, control), 1 or 2 (wide, emoji, flags).</summary>
    public static int OfGrapheme(ReadOnlySpan<char> grapheme)
    {
        var width = 0;
        foreach (var rune in grapheme.EnumerateRunes())
        {
            if (rune.Value == EmojiPresentation || IsRegional(rune) || WideRanges.Contains(rune.Value)) return 2;
            if (!IsZeroWidth(rune)) width = 1;
        }

        return width;
    }

    /// <summary>Characters of the first grapheme cluster.</summary>
    public static int GraphemeLength(ReadOnlySpan<char> text) =>
        text.Length > 1 && IsPlain(text[..2]) ? 1 : StringInfo.GetNextTextElementLength(text);

    /// <summary>Printable ASCII: one column a character, the common case.</summary>
    private static bool IsPlain(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange(' ', '~');

    private static bool IsRegional(Rune rune) => rune.Value is >= 0x1F1E6 and <= 0x1F1FF;

    private static bool IsZeroWidth(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.Control;
}
