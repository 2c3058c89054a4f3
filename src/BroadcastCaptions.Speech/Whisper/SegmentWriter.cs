using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>Makes finals of a window's segments, numbered through the recording.</summary>
/// <param name="engine">The model.</param>
internal sealed class SegmentWriter(WhisperEngine engine)
{
    private const string Source = "file";

    private readonly WhisperWords _words = new(engine.Tokenizer, engine.Marks);
    private long _number;

    /// <summary>The final of a segment; null where it has no words.</summary>
    /// <param name="tokens">Its text.</param>
    /// <param name="start">Where it begins, seconds of the window.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="language">What it is written in.</param>
    /// <param name="media">Seconds of the recording at a second of the window, which is a start or (true) an end.</param>
    public Transcript? Write(IReadOnlyList<ScoredToken> tokens, double start, double end, string language, Func<double, bool, double> media)
    {
        var words = _words.Read(tokens, language);
        if (words.Count == 0) return null;
        var timed = Spread(words, start, Math.Max(start, end), media);
        return new(Source, ++_number, 1, IsFinal: true, timed[0].Start, timed[^1].End, language, timed, timed.Count);
    }

    /// <summary>Each word takes its share of the segment by its length: tenths of a second.</summary>
    private static List<TimedWord> Spread(List<ModelWord> words, double start, double end, Func<double, bool, double> media)
    {
        var total = words.Sum(Weight);
        var timed = new List<TimedWord>(words.Count);
        var letters = 0.0;
        foreach (var word in words)
        {
            var from = start + ((end - start) * letters / total);
            letters += Weight(word);
            var to = start + ((end - start) * letters / total);
            timed.Add(new(word.Text, new MediaTime(media(from, false)), new MediaTime(media(to, true)), word.Probability, word.SpaceBefore));
        }

        return timed;
    }

    private static int Weight(ModelWord word) => word.Text.Length + 1;
}
