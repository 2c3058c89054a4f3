using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Captions.Filters;

/// <summary>A word, as echoes are compared.</summary>
/// <param name="Key">Its letters and digits in lower case.</param>
/// <param name="Start">Media time in seconds.</param>
/// <param name="End">Media time in seconds.</param>
/// <param name="Probability">The recogniser's, 0 … 1.</param>
internal readonly record struct EchoWord(string Key, double Start, double End, double Probability)
{
    /// <summary>Seconds: word times are estimates, and sound takes its time through the air.</summary>
    public const double SameTime = 0.7;

    /// <summary>Through a room one letter in so many may be heard otherwise.</summary>
    private const int LettersAnError = 3;

    /// <summary>Letters beyond which words are compared as they are: nobody says such ones.</summary>
    private const int Longest = 64;

    /// <summary>A recognised word.</summary>
    public static EchoWord Of(TimedWord word) => new(
        string.Concat(word.Text.Where(char.IsLetterOrDigit)).ToLowerInvariant(), word.Start.Seconds, word.End.Seconds, word.Probability);

    /// <summary>Is the other one said while this one is?</summary>
    public bool IsBeside(EchoWord other) => other.Start >= Start - SameTime && other.Start <= Math.Max(Start, End) + SameTime;

    /// <summary>May the two be one word, heard twice?</summary>
    public bool MayBe(EchoWord other) => Math.Abs(Start - other.Start) <= SameTime && (Key == other.Key || IsLike(other.Key));

    private bool IsLike(string other)
    {
        var most = Math.Max(Key.Length, other.Length) / LettersAnError;
        if (most == 0 || other.Length > Longest || Math.Abs(Key.Length - other.Length) > most) return false;
        Span<int> row = stackalloc int[other.Length + 1]; // of Levenshtein's table
        for (var j = 0; j <= other.Length; j++) row[j] = j;
        for (var i = 1; i <= Key.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (Key[i - 1] == other[j - 1] ? 0 : 1)));
        }

        return row[^1] <= most;
    }
}
