using System.Globalization;
using System.Text;

namespace BroadcastCaptions.Captions.Filters;

/// <summary>
/// Cuts text into Unicode words (UAX #29): runs of letters, marks and digits, apostrophes inside them included; Chinese characters, hiragana and
/// South-East Asian letters one by one, because nothing short of a dictionary finds words there; symbols and emoji one by one.
/// </summary>
internal static class WordTokens
{
    private enum Kind
    {
        Separator,
        Letter,
        Katakana,
        Single,
        Symbol,
        Mark,
        Apostrophe,
    }

    /// <summary>Adds the tokens of one recognised word.</summary>
    public static void Add(string text, int word, List<WordToken> tokens)
    {
        var first = tokens.Count;
        var at = 0;
        while (at < text.Length)
        {
            var kind = KindAt(text, at, out var length);
            var end = at + length;
            if (kind is Kind.Letter or Kind.Katakana) end = RunEnd(text, end, kind);
            else if (kind is Kind.Single or Kind.Symbol) end = MarksEnd(text, end);
            if (kind is Kind.Letter or Kind.Katakana or Kind.Single or Kind.Symbol)
                tokens.Add(new WordToken(word, at, end - at, KeyOf(text, at, end), false, FollowsHyphen(text, at, tokens, first), kind == Kind.Single));
            at = end;
        }

        if (tokens.Count == first + 1) tokens[first] = tokens[first] with { IsWhole = true };
    }

    /// <summary>The tokens of a phrase.</summary>
    public static List<WordToken> Of(string phrase)
    {
        var tokens = new List<WordToken>();
        Add(phrase, 0, tokens);
        return tokens;
    }

    private static bool FollowsHyphen(string text, int at, List<WordToken> tokens, int first) =>
        tokens.Count > first && at - tokens[^1].End == 1 && text[at - 1] is '-' or '\u2010' or '\u2011';

    private static int RunEnd(string text, int at, Kind kind)
    {
        while (at < text.Length)
        {
            var next = KindAt(text, at, out var length);
            var joins = next == kind || next == Kind.Mark || (next == Kind.Apostrophe && JoinsLetters(text, at + length));
            if (!joins) break;
            at += length;
        }

        return at;
    }

    private static bool JoinsLetters(string text, int after) => after < text.Length && KindAt(text, after, out _) == Kind.Letter;

    private static int MarksEnd(string text, int at)
    {
        while (at < text.Length && KindAt(text, at, out var length) == Kind.Mark) at += length;
        return at;
    }

    private static Kind KindAt(string text, int at, out int length)
    {
        Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out length);
        if (rune.Value is '\'' or '’' or 'ʼ' or '`') return Kind.Apostrophe;
        if (rune.Value is '&') return Kind.Symbol;
        if (Scripts.IsKatakana(rune.Value)) return Kind.Katakana;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => Kind.Mark,
            UnicodeCategory.OtherSymbol => Kind.Symbol,
            _ when !Rune.IsLetterOrDigit(rune) => Kind.Separator,
            _ when Scripts.IsIdeographic(rune.Value) || Scripts.IsSoutheastAsian(rune.Value) => Kind.Single,
            _ => Kind.Letter,
        };
    }

    private static ReadOnlyMemory<char> KeyOf(string text, int start, int end)
    {
        var raw = text.AsMemory(start, end - start);
        return raw.Span.IndexOfAny("'’ʼ`") < 0 ? raw : new string([.. raw.ToArray().Where(c => c is not ('\'' or '’' or 'ʼ' or '`'))]).AsMemory();
    }
}
