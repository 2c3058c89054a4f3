using System.Globalization;
using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Speech.Tests.Streaming;

/// <summary>Readings of a made-up segment.</summary>
internal static class SpokenReading
{
    private const double Apart = 0.25;

    /// <summary>A token a word, "word=log-probability"; each is heard for 0.2 s, one every quarter of a second.</summary>
    public static ModelText Of(string text)
    {
        var pairs = text.Split(' ').Select(pair => pair.Split('=')).ToArray();
        return new(
            [.. pairs.Select((pair, i) => new ScoredToken(i, float.Parse(pair[1], CultureInfo.InvariantCulture)))],
            [.. pairs.Select((pair, i) => new ModelWord(pair[0], 0.9, i > 0) { Tokens = i..(i + 1), Heard = Span(i * Apart) })], "en");
    }

    private static HeardSpan Span(double start) => new((int)(start * 16_000), (int)((start + 0.2) * 16_000));
}
