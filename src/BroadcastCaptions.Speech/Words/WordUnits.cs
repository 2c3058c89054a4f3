using System.Text;

namespace BroadcastCaptions.Speech.Words;

/// <summary>
/// What two hypotheses are compared by: words without case, punctuation and hyphens, so that "gold-ring," is
/// "Gold ring". Measured: it halves the flicker.
/// </summary>
internal static class WordUnits
{
    /// <summary>Adds the units of a word: one, or several where it has hyphens, or none where it is all punctuation.</summary>
    /// <param name="word">The word.</param>
    /// <param name="units">Where they are added.</param>
    /// <param name="from">Seconds from which on it was heard; not a number: not known.</param>
    /// <param name="to">Until when.</param>
    public static void Add(string word, List<WordUnit> units, double from = double.NaN, double to = double.NaN)
    {
        var unit = new StringBuilder(word.Length);
        foreach (var character in word)
        {
            if (char.IsLetterOrDigit(character)) unit.Append(char.ToLowerInvariant(character));
            else if (character is '-' or '\u2010' or '\u2011') Finish(unit, units, from, to);
            else if (char.IsSurrogate(character) || char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.NonSpacingMark)
                unit.Append(character);
        }

        Finish(unit, units, from, to);
    }

    /// <summary>A word's units as one text.</summary>
    public static string Key(string word)
    {
        var units = new List<WordUnit>();
        Add(word, units);
        return units.Count == 1 ? units[0].Key : string.Join(' ', units.Select(unit => unit.Key));
    }

    private static void Finish(StringBuilder unit, List<WordUnit> units, double from, double to)
    {
        if (unit.Length > 0) units.Add(new(unit.ToString() is var text && text == "ok" ? "okay" : text, from, to)); // models write both, turn and turn about
        unit.Clear();
    }
}
