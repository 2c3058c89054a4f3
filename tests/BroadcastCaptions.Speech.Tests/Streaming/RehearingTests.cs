using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Streaming;

namespace BroadcastCaptions.Speech.Tests.Streaming;

/// <summary>Of several readings of a closed segment the most probable words are taken.</summary>
public sealed class RehearingTests : IDisposable
{
    private static readonly float[] Segment = [.. Enumerable.Repeat(0.5f, 16_000)];

    private readonly Counters _counters = new();
    private readonly Readings _model = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void The_most_probable_reading_is_taken_and_counted()
    {
        _model.Says.AddRange([Reading("I think I", -2), Reading("I thank I", -5), Reading("I sink I", -6)]);
        Assert.Equal("I think I", Best(Reading("I drink eye", -4)));
        Assert.Equal(1, _counters.Get("speech.reread").Value);
        Assert.Equal([16_700, 17_400, 18_100], _model.Heard);
    }

    [Fact]
    public void A_reading_that_comes_twice_is_enough_and_case_and_punctuation_do_not_count()
    {
        _model.Says.Add(Reading("I, think.", -3));
        Assert.Equal("I think", Best(Reading("I think", -2)));
        Assert.Single(_model.Heard);
        Assert.Equal(0, _counters.Get("speech.reread").Value);
    }

    [Fact]
    public void The_best_so_far_is_the_next_draft()
    {
        _model.Says.AddRange([Reading("b", -1), Reading("c", -3), Reading("d", -3)]);
        Best(Reading("a a", -2));
        Assert.Equal([2, 1, 1], _model.Drafts);
    }

    [Fact]
    public void Words_are_heard_where_they_are_in_the_segment()
    {
        _model.Says.AddRange([Reading("b", -1), Reading("c", -3), Reading("d", -3)]);
        var best = new Rehearing(_counters).Best(_model, Segment, Reading("a", -2));
        Assert.Equal(new HeardSpan(800, 1_600), best.Words[0].Heard); // as the model told it, less the silence
    }

    [Fact]
    public void What_is_more_probable_in_another_reading_is_taken_from_it()
    {
        _model.Says.AddRange([SpokenReading.Of("a=-1 cat=-1 and=-1 a=-1 cap=-5"), SpokenReading.Of("a=-1 cat=-1 and=-1 a=-1 cap=-5")]);
        Assert.Equal("a cat and a hat", Best(SpokenReading.Of("a=-1 bat=-3 and=-1 a=-1 hat=-1")));
        Assert.Equal(1, _counters.Get("speech.reread").Value);
    }

    [Fact]
    public void Neither_silence_nor_a_loop_is_better_than_words()
    {
        _model.Says.AddRange([ModelText.Empty, Reading("round and round", -0.1f) with { Looped = true }, Reading("I think", -3)]);
        Assert.Equal("I think", Best(Reading("I think", -3)));
    }

    [Fact]
    public void Anything_is_better_than_a_loop()
    {
        _model.Says.AddRange([Reading("I think", -9), Reading("I think", -9)]);
        Assert.Equal("I think", Best(Reading("round and round", -0.1f) with { Looped = true }));
    }

    [Fact]
    public void What_nobody_believes_is_not_asked_until_it_is_believed()
    {
        Assert.Equal("Okay", Best(Reading("Okay", -1.3f)));
        Assert.Equal("something else", Best(Reading("something else", -5)));
        Assert.Empty(_model.Heard);
    }

    [Fact]
    public void What_says_nothing_and_what_gains_nothing_is_not_asked_again()
    {
        Assert.Equal("", Best(ModelText.Empty));
        _model.GainsByRehearing = false;
        Assert.Equal("a", Best(Reading("a", -2)));
        Assert.Empty(_model.Heard);
    }

    private string Best(ModelText first) =>
        string.Join(' ', new Rehearing(_counters).Best(_model, Segment, first).Words.Select(word => word.Text));

    private static ModelText Reading(string text, float probability)
    {
        var words = text.Split(' ');
        return new(
            [.. words.Select((_, i) => new ScoredToken(i + 3, probability / words.Length))],
            [.. words.Select((word, i) => new ModelWord(word, 0.9, i > 0) { Heard = new(1_500, 2_300) })], "en");
    }

    private sealed class Readings : ISpeechModel
    {
        public bool GainsByRehearing { get; set; } = true;

        public List<ModelText> Says { get; } = [];

        public List<int> Heard { get; } = [];

        public List<int> Drafts { get; } = [];

        public ModelText Recognize(ReadOnlySpan<float> samples, bool expectWords, IReadOnlyList<ScoredToken> previous)
        {
            Heard.Add(samples.Length);
            Drafts.Add(previous.Count);
            Assert.True(expectWords);
            Assert.True(samples[^Segment.Length..].SequenceEqual(Segment));
            Assert.Equal(-1, samples[..^Segment.Length].IndexOfAnyExcept(0f));
            return Says[Heard.Count - 1];
        }

        public void Dispose()
        {
        }
    }
}
