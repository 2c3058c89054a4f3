using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Streaming;
using static BroadcastCaptions.Speech.Tests.Streaming.Audio16k;

namespace BroadcastCaptions.Speech.Tests.Streaming;

public sealed class PartialWindowTests
{
    private const int WordSamples = 4_800; // 0.3 s
    private const double Window = 4;

    private readonly SpeechOptions _options = new() { PartialEvery = 0.2, Hangover = 0.5, MaximumSegment = 12, PartialWindow = Window };
    private readonly List<Recognition> _served = [];

    [Fact]
    public void Partials_hear_the_last_seconds_and_still_say_every_word_once()
    {
        var model = new NumberedWords();
        Serve(model, 10);

        Assert.All(model.Heard.SkipLast(1), samples => Assert.InRange(samples, 0, (int)((Window + 0.5) * Rate)));
        Assert.All(_served.Where(served => !served.IsFinal), served => Assert.Equal(Expected(served.Hypothesis.Words.Count), Text(served)));
        Assert.InRange(_served.Where(served => !served.IsFinal).Max(served => served.Hypothesis.Words.Count), 32, 34);
    }

    [Fact]
    public void Words_stand_where_they_were_heard_whatever_the_window_began_with()
    {
        Serve(new NumberedWords { Tells = true }, 10);

        foreach (var served in _served)
        {
            Assert.Equal(WordTiming.Aligned, served.Hypothesis.Timing);
            Assert.All(served.Hypothesis.Words.Index(), word => Assert.Equal(word.Index * WordSamples / (double)Rate, word.Item.Start.Seconds, 0.04));
        }
    }

    [Fact]
    public void A_closed_segment_is_recognised_whole()
    {
        var model = new NumberedWords();
        Serve(model, 10);

        Assert.True(_served[^1].IsFinal);
        Assert.True(model.Heard[^1] > 9.9 * Rate);
        Assert.Equal(Expected(33), Text(_served[^1]));
    }

    [Fact]
    public void Where_the_shorter_window_gives_other_words_the_longer_one_stays()
    {
        var model = new NumberedWords { NeedsWhole = true };
        Serve(model, Window + 0.9);

        Assert.All(_served, served => Assert.Equal(Expected(served.Hypothesis.Words.Count), Text(served)));
    }

    [Fact]
    public void But_not_for_long()
    {
        var model = new NumberedWords { NeedsWhole = true };
        Serve(model, 10);

        Assert.All(model.Heard.SkipLast(1), samples => Assert.InRange(samples, 0, (int)((Window + 1.6) * Rate)));
        Assert.StartsWith(Expected(5), Text(_served[^2]), StringComparison.Ordinal); // what lies before was right
        Assert.Contains("what", Text(_served[^2]), StringComparison.Ordinal);
    }

    private static string Expected(int words) => string.Join(' ', Enumerable.Range(0, words).Select(i => $"word{i}"));

    private static string Text(Recognition recognition) => string.Join(' ', recognition.Hypothesis.Words.Select(word => word.Text));

    private void Serve(ISpeechModel model, double seconds)
    {
        using var recognizer = new StreamingRecognizer(model, () => new LoudnessDetector(), _options, new Counters());
        var speech = new float[(int)(seconds * Rate)];
        for (var i = 0; i < speech.Length; i++) speech[i] = NumberedWords.Sample(i / WordSamples);
        Feed(recognizer.AddSource(new("mic")), [.. speech, .. new float[Rate]], after: () =>
        {
            while (recognizer.TryServe(out var recognition)) _served.Add(recognition);
        });
    }

    /// <summary>Each sample says which word it belongs to; words of which half was heard are said.</summary>
    private sealed class NumberedWords : ISpeechModel
    {
        private const float Step = 0.001f;

        public List<int> Heard { get; } = [];

        public bool NeedsWhole { get; init; }

        /// <summary>Does it say where it heard its words?</summary>
        public bool Tells { get; init; }

        public static float Sample(int word) => 0.5f + (word * Step);

        public ModelText Recognize(ReadOnlySpan<float> samples, bool expectWords, IReadOnlyList<ScoredToken> previous)
        {
            Heard.Add(samples.Length);
            var words = samples.ToArray().Where(sample => sample >= 0.5f).Select(sample => (int)MathF.Round((sample - 0.5f) / Step))
                .GroupBy(word => word).Where(group => group.Count() >= WordSamples / 2).Select(group => group.Key).ToArray();
            var lost = NeedsWhole && words is [> 0, ..];
            var all = samples.ToArray();
            return new([], [.. words.Select((word, i) => new ModelWord(lost ? "what" : $"word{word}", 0.9, i > 0) { Heard = Tells ? Span(all, word) : null })], "en");
        }

        public void Dispose()
        {
        }

        private static HeardSpan Span(float[] samples, int word)
        {
            bool IsOf(float sample) => (int)MathF.Round((sample - 0.5f) / Step) == word;
            return new(Array.FindIndex(samples, IsOf), Array.FindLastIndex(samples, IsOf) + 1);
        }
    }
}
