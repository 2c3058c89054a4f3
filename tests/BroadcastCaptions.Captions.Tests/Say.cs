using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Tests;

/// <summary>Makes transcripts for tests: words half a second long, one after the other.</summary>
internal static class Say
{
    public const double WordSeconds = 0.5;

    public static List<TimedWord> Words(string text, double start = 0) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, i) =>
            new TimedWord(word, new MediaTime(start + i * WordSeconds), new MediaTime(start + (i + 1) * WordSeconds - 0.1), 0.9, i > 0))];

    public static Transcript Partial(string source, long segment, string text, int stable = 0, double start = 0) =>
        Make(source, segment, false, Words(text, start), stable, start);

    public static Transcript Final(string source, long segment, string text, double start = 0) =>
        Make(source, segment, true, Words(text, start), int.MaxValue, start);

    public static Transcript Make(string source, long segment, bool final, IReadOnlyList<TimedWord> words, int stable, double start)
    {
        var end = words.Count > 0 ? words[^1].End.Plus(0.3) : new MediaTime(start + 0.3);
        return new Transcript(source, segment, 1, final, new MediaTime(start), end, "en", words, Math.Min(stable, words.Count));
    }
}
