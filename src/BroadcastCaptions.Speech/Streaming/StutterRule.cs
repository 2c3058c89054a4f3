using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>
/// Of a second of speech small models say the same words twice ("The gold ring, the gold ring"), until they have heard
/// more; of a letter they say it seven times ("Q q q q q q q"). Where an answer repeats itself faster than people speak, it is taken at its word once.
/// </summary>
internal sealed class StutterRule(Counters counters)
{
    /// <summary>Words a second: people repeat themselves more slowly ("words, words, words": 2 a second in eval/).</summary>
    private const double Fastest = 4;

    /// <summary>Words a second of finals, which have heard everything: eval/'s fastest speaker reaches 6.5, "Thanks. Thanks. Thanks. Thanks." of a short sound 7.8.</summary>
    private const double FastestFinal = 7;

    private const int LongestPhrase = 6; // words

    private readonly Counter _held = counters.Get("speech.stutters");

    /// <summary>The text without what it repeats at once.</summary>
    /// <param name="text">A model's answer.</param>
    /// <param name="seconds">Seconds of speech that it rests on.</param>
    /// <param name="isFinal">The segment is closed.</param>
    public ModelText Judge(ModelText text, double seconds, bool isFinal = false)
    {
        if (text.Words.Count <= (isFinal ? FastestFinal : Fastest) * seconds) return text;
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
