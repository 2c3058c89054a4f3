using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>
/// Of a second of speech small models say the same words twice ("The gold ring, the gold ring"), until they have heard
/// more. Where a partial repeats itself faster than people speak, it is taken at its word once. Finals are not touched.
/// </summary>
internal sealed class StutterRule(Counters counters)
{
    /// <summary>Words a second: people repeat themselves more slowly ("words, words, words": 2 a second in eval/).</summary>
    private const double Fastest = 4;

    private const int LongestPhrase = 6; // words

    private readonly Counter _held = counters.Get("speech.stutters");

    /// <summary>The text without what it repeats at once.</summary>
    /// <param name="text">A partial.</param>
    /// <param name="seconds">Seconds of speech that it rests on.</param>
    public ModelText Judge(ModelText text, double seconds)
    {
        if (text.Words.Count <= Fastest * seconds) return text;
        var words = text.Words.ToList();
        var keys = words.ConvertAll(word => WordUnits.Key(word.Text));
        for (var at = 0; at < words.Count; at++)
            while (Phrase(keys, at) is { } length)
            {
                words.RemoveRange(at + length, length);
                keys.RemoveRange(at + length, length);
            }

        if (words.Count == text.Words.Count) return text;
        _held.Add();
        return text with { Words = words };
    }

    /// <summary>Words of the phrase there that comes twice in a row.</summary>
    private static int? Phrase(List<string> keys, int at)
    {
        for (var length = 1; length <= LongestPhrase && at + (2 * length) <= keys.Count; length++)
            if (keys.GetRange(at, length).SequenceEqual(keys.GetRange(at + length, length))) return length;
        return null;
    }
}
