using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Tests.Metrics;

public sealed class GaugesTests : IDisposable
{
    private readonly SessionMeter _meter = new();

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void A_word_counts_when_it_is_first_shown_and_when_it_becomes_stable()
    {
        var gauge = new LatencyGauge(_meter);
        gauge.Note(Said(1, false, 0, "one@1"), new(1.25));
        gauge.Note(Said(1, false, 1, "one@1", "two@2"), new(2.5));
        gauge.Note(Said(1, true, 2, "one@1", "two@2"), new(3));

        Assert.Equal(0.25 + 0.5, gauge.Emission.Sum, 6);
        Assert.Equal(1.5 + 1, gauge.Stable.Sum, 6);
        Assert.Equal(1, gauge.Finals.Median!.Value, 6); // its audio ends at 2
    }

    [Fact]
    public void A_new_segment_begins_with_words_that_were_never_shown()
    {
        var gauge = new LatencyGauge(_meter);
        gauge.Note(Said(1, true, 1, "one@1"), new(2));
        gauge.Note(Said(2, false, 0, "two@2"), new(2.5));
        Assert.Equal(1.5, gauge.Emission.Sum, 6);
    }

    [Fact]
    public void Median_and_tail_are_of_the_last_values()
    {
        var values = new RecentValues(kept: 100);
        for (var i = 0; i < 100; i++) values.Add(50);
        for (var i = 0; i < 100; i++) values.Add(i);
        Assert.Equal((50, 95), (values.Median!.Value, values.Tail!.Value));
    }

    [Fact]
    public void Nothing_measured_is_not_zero() => Assert.Null(new RecentValues().Median);

    [Fact]
    public void What_is_taken_back_counts_by_the_words_of_the_finals()
    {
        var gauge = new ErasureGauge();
        gauge.Note(Said(1, false, 0, "the@1", "gold@1", "rink@1"));
        gauge.Note(Said(1, false, 0, "the@1", "cold@1", "ring@1")); // two
        gauge.Note(Said(1, false, 0, "The@1", "cold,@1", "ring@1", "is@2")); // none: case and punctuation
        gauge.Note(Said(1, true, 4, "The@1", "cold@1", "ring@1", "was@2")); // one
        Assert.Equal(3 / 4.0, gauge.Normalised!.Value, 6);
    }

    [Fact]
    public void Answers_for_one_segment_tell_the_cadence()
    {
        var gauge = new CadenceGauge(_meter);
        foreach (var (segment, at) in new[] { (1, 1.0), (1, 1.1), (1, 1.2), (2, 9.0), (2, 9.1) }) gauge.Note(Heard(segment, at));
        Assert.Equal(0.1, gauge.Median!.Value, 6);
    }

    [Fact]
    public void Processor_time_is_told_in_cores()
    {
        var (time, used) = (new AudioDrivenTime(), TimeSpan.FromSeconds(10));
        var gauge = new ProcessGauge(time, () => used);
        time.AdvanceTo(new(2));
        used += TimeSpan.FromSeconds(3);
        Assert.Equal((1.5, 0.5), gauge.Next(computed: 1));
        Assert.Equal((1.5, 0.5), gauge.Next(computed: 1)); // no time has passed
        time.AdvanceTo(new(2.001));
        used += TimeSpan.FromMilliseconds(10); // the system counts in such steps
        Assert.Equal((1.5, 0.5), gauge.Next(computed: 1));
        time.AdvanceTo(new(3));
        Assert.Equal((0.01, 0), gauge.Next(computed: 1));
    }

    private static Recognition Heard(long segment, double at) =>
        new(new("mic"), segment, false, new(0), new(at), new(at), Hypothesis.Empty);

    private static Transcript Said(long segment, bool final, int stable, params string[] words)
    {
        var timed = words.Select(word => word.Split('@')).Select(word => new TimedWord(word[0], new(0), new(double.Parse(word[1])), 0.9)).ToArray();
        return new("mic", segment, 1, final, new(0), timed[^1].End, "en", timed, stable);
    }
}
