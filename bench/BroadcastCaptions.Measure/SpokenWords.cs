using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BroadcastCaptions.Measure;

/// <summary>
/// The words that every accuracy and steadiness figure is counted in: one normaliser for references and output alike, the
/// same as the project's <c>measure/text.py</c>. Case, punctuation and hyphens are levelled; in English also fillers,
/// contractions and numbers, which become their digits ("eighteen thirteen" and "1813" are both 1 8 1 3).
/// </summary>
/// <remarks>
/// Text is taken as composed (NFC), as every file and model here has it: with invariant globalization .NET composes nothing.
/// </remarks>
public static partial class SpokenWords
{
    private static readonly Dictionary<string, string> Short = (
        "won't=will not|can't=can not|cannot=can not|let's=let us|it's=it is|that's=that is|there's=there is|he's=he is|she's=she is|"
        + "what's=what is|i'm=i am|mr=mister|mrs=missus|dr=doctor|ok=okay|gonna=going to|wanna=want to|gotta=got to|alright=all right")
        .Split('|').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

    private static readonly (string Ending, string Spelt)[] Endings =
        [("n't", " not"), ("'re", " are"), ("'ve", " have"), ("'ll", " will"), ("'d", " would"), ("'m", " am")];

    private static readonly HashSet<string> Fillers = ["uh", "um", "hmm", "hm", "mm", "mhm", "mmm", "ah", "er", "uhm", "eh", "erm"];

    /// <summary>The normalised words of a text.</summary>
    /// <param name="text">Any text; bracketed remarks such as [laughter] do not count.</param>
    /// <param name="english">Whether to level fillers, contractions and numbers, as English has them.</param>
    public static IReadOnlyList<string> Of(string text, bool english = true)
    {
        var s = text.Normalize(NormalizationForm.FormC).ToLowerInvariant().Replace('\u2019', '\'').Replace('\u2018', '\'');
        s = Remark().Replace(s, " ");
        if (english)
        {
            s = ThousandsComma().Replace(s, "");
            s = DecimalPoint().Replace(s, " point ");
            s = OrdinalEnding().Replace(s, " th");
            s = s.Replace("%", " percent ").Replace("&", " and ").Replace('$', ' ');
        }

        var tokens = OnlyWordCharacters(s).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!english) return [.. tokens.Select(token => token.Trim('\'')).Where(token => token.Length > 0)];
        return NumberWords.ToDigits([.. tokens.SelectMany(SpellOut).Where(word => !Fillers.Contains(word))]);
    }

    private static string[] SpellOut(string token)
    {
        token = token.Trim('\'');
        token = Short.GetValueOrDefault(token, token);
        foreach (var (ending, spelt) in Endings)
            if (token.EndsWith(ending, StringComparison.Ordinal)) token = token[..^ending.Length] + spelt;
        return token.Replace("'", "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string OnlyWordCharacters(string s)
    {
        var kept = new StringBuilder(s.Length);
        foreach (var rune in s.EnumerateRunes())
        {
            if (rune.Value is '\'' or '_' || IsAlphanumeric(rune)) kept.Append(rune.ToString());
            else kept.Append(' ');
        }

        return kept.ToString();
    }

    /// <summary>Letters and every kind of number, but no combining marks: Python's <c>\w</c>, which .NET's is not.</summary>
    private static bool IsAlphanumeric(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    [GeneratedRegex(@"[\[\(<{][^\]\)>}]*[\]\)>}]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Remark();

    [GeneratedRegex(@"(?<=\d),(?=\d{3})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ThousandsComma();

    [GeneratedRegex(@"(?<=\d)\.(?=\d)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DecimalPoint();

    [GeneratedRegex(@"(?<=\d)(st|nd|rd|th)(?![\p{L}\p{N}_])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OrdinalEnding();
}
