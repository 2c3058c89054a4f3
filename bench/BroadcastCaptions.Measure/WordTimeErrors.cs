namespace BroadcastCaptions.Measure;

/// <summary>How far words' times are off.</summary>
public static class WordTimeErrors
{
    private const double Near = 2; // seconds: farther apart, it is another word of the same name

    /// <summary>Seconds between the two ends of each word that both have, in their order.</summary>
    /// <param name="spoken">The words with their true times.</param>
    /// <param name="heard">The words as they were recognised, and the second at which each is said to have ended.</param>
    public static IEnumerable<double> Of(IReadOnlyList<ReferenceWord> spoken, IEnumerable<(string Text, double End)> heard)
    {
        var next = 0;
        foreach (var (text, end) in heard)
        {
            var name = SpokenWords.Of(text);
            var at = next;
            while (at < spoken.Count && !(Math.Abs(spoken[at].End - end) < Near && SpokenWords.Of(spoken[at].Word).SequenceEqual(name))) at++;
            if (at == spoken.Count) continue;
            next = at + 1;
            yield return Math.Abs(spoken[at].End - end);
        }
    }
}
