using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>Makes finals of windows' segments, numbered through the recording.</summary>
/// <param name="engine">The model.</param>
internal sealed class SegmentWriter(WhisperEngine engine)
{
    private const string Source = "file";

    private readonly WhisperWords _words = new(engine.Tokenizer, engine.Marks);
    private readonly WordClock _clock = new(engine);
    private readonly List<int> _firsts = [];
    private List<(double Start, double End)>? _times;
    private int _next; // of the times
    private double _seconds;
    private string _language = "en";
    private long _number;

    /// <summary>Does it know when the words of the window were heard?</summary>
    public bool IsAligned => _times is not null;

    /// <summary>Hears when the words of a window were said; its segments are then written in order, each once.</summary>
    /// <param name="segments">All of them.</param>
    /// <param name="seconds">How much of the window holds sound.</param>
    /// <param name="decoder">Which decoded them, and still attends to the window.</param>
    /// <param name="lastSpeech">Second of the window at which the last word before it ended; negative or 0.</param>
    public void Begin(IReadOnlyList<WindowSegment> segments, double seconds, WindowDecoder decoder, double lastSpeech) =>
        Begin(_clock.Times(segments, seconds, decoder.SpokenLanguage, decoder.Translates, lastSpeech), seconds, decoder.WrittenLanguage);

    /// <summary>The same, where it is known already when the words of a window were said.</summary>
    /// <param name="times">Start and end of every token of its segments, marks left out; null where that is not known.</param>
    /// <param name="seconds">How much of the window holds sound.</param>
    /// <param name="language">What the text is written in.</param>
    public void Begin(List<(double Start, double End)>? times, double seconds, string language) =>
        (_times, _next, _seconds, _language) = (times, 0, seconds, language);

    /// <summary>The final of the next segment; null where it has no words.</summary>
    /// <param name="segment">Its text.</param>
    /// <param name="media">Seconds of the recording at a second of the window, which is a start or (true) an end.</param>
    public Transcript? Write(WindowSegment segment, Func<double, bool, double> media)
    {
        _firsts.Clear();
        var words = _words.Read(segment.Tokens, _language, _firsts);
        var timed = _times is null
            ? Spread(words, segment.Start, Math.Max(segment.Start, Math.Min(segment.End, _seconds)), media)
            : Heard(words, segment.Tokens, _times, media);
        Skip(segment);
        if (timed.Count == 0) return null;
        return new(Source, ++_number, 1, IsFinal: true, timed[0].Start, timed[^1].End, _language, timed, timed.Count);
    }

    /// <summary>Passes over the next segment.</summary>
    public void Skip(WindowSegment segment) => _next += segment.Tokens.Sum(Text);

    /// <summary>Each word from its first token to its last one.</summary>
    private List<TimedWord> Heard(List<ModelWord> words, IReadOnlyList<ScoredToken> tokens, List<(double Start, double End)> times, Func<double, bool, double> media)
    {
        var timed = new List<TimedWord>(words.Count);
        for (var (i, token, text) = (0, 0, _next); i < words.Count; i++)
        {
            for (; token < _firsts[i]; token++) text += Text(tokens[token]);
            var start = times[text].Start;
            for (var behind = i + 1 < words.Count ? _firsts[i + 1] : tokens.Count; token < behind; token++) text += Text(tokens[token]);
            timed.Add(Timed(words[i], start, Math.Max(start, times[text - 1].End), media));
        }

        return timed;
    }

    private int Text(ScoredToken token) => engine.Marks.IsText(token.Id) ? 1 : 0;

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
            timed.Add(Timed(word, from, start + ((end - start) * letters / total), media));
        }

        return timed;
    }

    private static TimedWord Timed(ModelWord word, double start, double end, Func<double, bool, double> media) =>
        new(word.Text, new MediaTime(media(start, false)), new MediaTime(media(end, true)), word.Probability, word.SpaceBefore);

    private static int Weight(ModelWord word) => word.Text.Length + 1;
}
