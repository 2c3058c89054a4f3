using System.Globalization;
using System.Text;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>
/// Parts a text as GPT-2's vocabulary was made: contractions, runs of letters, of digits, of other signs, each with the space before it;
/// runs of white space. By hand, for a regular expression of .NET sees halves of characters beyond U+FFFF.
/// </summary>
internal static class TextSplitter
{
    private static readonly string[] Contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    private enum Kind
    {
        Space,
        Letter,
        Digit,
        Other,
    }

    /// <summary>Length of the part that the text begins with.</summary>
    public static int Next(ReadOnlySpan<char> text)
    {
        foreach (var contraction in Contractions)
            if (text.StartsWith(contraction, StringComparison.Ordinal)) return contraction.Length;
        var first = KindAt(text, 0, out var length);
        if (first != Kind.Space) return Run(text, 0, first);
        // One blank belongs to the word behind it.
        if (text[0] == ' ' && text.Length > 1 && KindAt(text, 1, out _) is var next and not Kind.Space) return Run(text, 1, next);
        var end = Run(text, 0, Kind.Space);
        if (end == text.Length || end == length) return end;
        var last = end - 1; // the last blank of several is the next word's
        return last;
    }

    private static int Run(ReadOnlySpan<char> text, int at, Kind kind)
    {
        while (at < text.Length && KindAt(text, at, out var length) == kind) at += length;
        return at;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, int at, out int length)
    {
        Rune.DecodeFromUtf16(text[at..], out var rune, out length);
        if (Rune.IsWhiteSpace(rune)) return Kind.Space;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Digit,
            _ => Kind.Other,
        };
    }
}
