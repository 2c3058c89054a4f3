namespace BroadcastCaptions.Speech.Moonshine;

/// <summary>Recognises that a decoder runs in circles.</summary>
internal static class Repetition
{
    private const int LongestPeriod = 12; // tokens: a clause

    /// <summary>
    /// Looks for the same run of tokens over and over at the end of <paramref name="tokens"/>; leaves one of it. People do
    /// say "no no no no no": a run must fill 16 tokens and come six times, a longer one (four tokens and more) four times.
    /// </summary>
    /// <returns>True when something was cut.</returns>
    public static bool Cut(List<ScoredToken> tokens)
    {
        for (var period = 1; period <= LongestPeriod; period++)
        {
            var times = Math.Max(period > 3 ? 4 : 6, 16 / period);
            if (tokens.Count < period * times || !Repeats(tokens, period, times)) continue;
            tokens.RemoveRange(tokens.Count - (period * (times - 1)), period * (times - 1));
            return true;
        }

        return false;
    }

    private static bool Repeats(List<ScoredToken> tokens, int period, int times)
    {
        for (var i = tokens.Count - 1; i >= tokens.Count - (period * (times - 1)); i--)
            if (tokens[i].Id != tokens[i - period].Id) return false;
        return true;
    }
}
