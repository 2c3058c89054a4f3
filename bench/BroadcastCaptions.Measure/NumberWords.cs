using System.Globalization;
using System.Numerics;

namespace BroadcastCaptions.Measure;

/// <summary>Number words and digit groups become single digits; an ordinal keeps "th".</summary>
internal static class NumberWords
{
    private static readonly Dictionary<string, int> Ones = Numbered(0, 1,
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen");

    private static readonly Dictionary<string, int> Tens = Numbered(20, 10, "twenty thirty forty fifty sixty seventy eighty ninety");

    private static readonly Dictionary<string, int> Ordinals = Numbered(1, 1,
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth");

    private static readonly Dictionary<string, int> Scales = new() { ["hundred"] = 100, ["thousand"] = 1000, ["million"] = 1_000_000 };

    /// <summary>The words with each number spelt as its digits.</summary>
    public static IReadOnlyList<string> ToDigits(string[] words)
    {
        var digits = new List<string>(words.Length);
        var i = 0;
        while (i < words.Length)
        {
            if (IsDecimal(words[i]) && !IsScale(words, i + 1)) Spell(digits, words[i++]);
            else if (IsSpokenZero(words, i, digits))
            {
                digits.Add("0");
                i++;
            }
            else i = Number(words, i, digits);
        }

        return digits;
    }

    /// <summary>Takes one number, or one other word; the index of the next.</summary>
    private static int Number(string[] words, int i, List<string> digits)
    {
        var (value, ordinal, next) = Small(words, i);
        if (value is null)
        {
            digits.Add(words[i]);
            return i + 1;
        }

        BigInteger total = 0, part = value.Value;
        while (!ordinal && IsScale(words, next))
        {
            if (words[next] == "hundred") part *= 100;
            else (total, part) = (total + part * Scales[words[next]], 0);
            next++;
            (var more, ordinal, var after) = Small(words, next < words.Length && words[next] == "and" ? next + 1 : next);
            if (more is not null) (part, next) = (part + more.Value, after);
        }

        Spell(digits, (total + part).ToString(CultureInfo.InvariantCulture));
        if (ordinal) digits.Add("th");
        return next;
    }

    /// <summary>A number below 100, or digits, at <paramref name="i"/>: its value or null, whether it is an ordinal, the next index.</summary>
    private static (BigInteger? Value, bool Ordinal, int Next) Small(string[] words, int i)
    {
        if (i >= words.Length) return (null, false, i);
        if (Tens.TryGetValue(words[i], out var ten))
        {
            var unit = i + 1 < words.Length ? words[i + 1] : "";
            if (Ones.TryGetValue(unit, out var one) && one is > 0 and < 10) return (ten + one, false, i + 2);
            return Ordinals.TryGetValue(unit, out var nth) && nth < 10 ? (ten + nth, true, i + 2) : (ten, false, i + 1);
        }

        if (Ones.TryGetValue(words[i], out var small)) return (small, false, i + 1);
        if (Ordinals.TryGetValue(words[i], out var ordinal)) return (ordinal, true, i + 1);
        return IsDecimal(words[i]) ? (Value(words[i]), false, i + 1) : (null, false, i);
    }

    /// <summary>Is it the "oh" of "one oh five"?</summary>
    private static bool IsSpokenZero(string[] words, int i, List<string> before) =>
        words[i] == "oh" && before.Count > 0 && IsDecimal(before[^1]) && i + 1 < words.Length
        && (Ones.ContainsKey(words[i + 1]) || IsDecimal(words[i + 1]) || words[i + 1] == "oh");

    private static bool IsScale(string[] words, int i) => i < words.Length && Scales.ContainsKey(words[i]);

    private static bool IsDecimal(string word) => word.Length > 0 && word.All(char.IsDigit);

    private static BigInteger Value(string digits) =>
        digits.Aggregate(BigInteger.Zero, (value, digit) => value * 10 + (int)char.GetNumericValue(digit));

    private static void Spell(List<string> digits, string number)
    {
        foreach (var digit in number) digits.Add(digit.ToString());
    }

    private static Dictionary<string, int> Numbered(int from, int step, string words) =>
        words.Split(' ').Select((word, i) => (word, i)).ToDictionary(x => x.word, x => from + step * x.i);
}
