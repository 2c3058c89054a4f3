using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.Time;
using static BroadcastCaptions.Speech.Tests.Streaming.Audio16k;

namespace BroadcastCaptions.Speech.Tests.Streaming;

public sealed class StreamingRecognizerTests : IDisposable
{
    private readonly Counters _counters = new();
    private readonly SpeechOptions _options = new() { PartialEvery = 0.2, Hangover = 0.32, PreRoll = 0.15, MinimumSpeech = 0.1, MaximumSegment = 8 };
    private readonly ScriptedModel _model = new();
    private readonly List<Recognition> _served = [];
    private StreamingRecognizer _recognizer;

    public StreamingRecognizerTests() => _recognizer = NewRecognizer();

    public void Dispose() => _recognizer.Dispose();

    [Fact]
    public void Partials_come_while_the_segment_grows_and_a_final_at_its_close()
    {
        var lane = _recognizer.AddSource(new("mic"));

        Feed(lane, Alternating(1, 2, 1), after: Serve);

        Assert.InRange(_served.Count(served => !served.IsFinal), 8, 12);
        Assert.Equal([true], _served.Where(served => served.IsFinal).Select(_ => true));
        Assert.True(_served[^1].IsFinal);
        Assert.All(_served, served => Assert.Equal(1, served.Segment));
        Assert.InRange(_served[0].TakenIn.Seconds, 1, 1.4); // the first words soon after the onset
        Assert.Equal(0, _counters.Get("speech.partials_skipped").Value);
    }

    [Fact]
    public void A_pause_within_a_segment_is_no_skipped_partial()
    {
        _options.Hangover = 1;
        Feed(_recognizer.AddSource(new("mic")), Alternating(1, 1, 0.8, 1, 1.1), after: Serve);

        Assert.Single(_served, served => served.IsFinal);
        Assert.Equal(0, _counters.Get("speech.partials_skipped").Value);
    }

    [Fact]
    public void What_a_forced_cut_hands_on_is_no_skipped_partial()
    {
        Feed(_recognizer.AddSource(new("mic")), Alternating(0, 5, 0.1, 4), after: Serve); // cut at 5 s, at 8 s

        Assert.True(_counters.Get("speech.forced_cuts").Value > 0);
        Assert.Equal(0, _counters.Get("speech.partials_skipped").Value);
    }

    [Fact]
    public void Neither_a_forced_cut_nor_a_growing_end_is_the_end_of_a_sentence()
    {
        _model.Says = () => "The end.";

        Feed(_recognizer.AddSource(new("mic")), Alternating(0, 5, 0.1, 4, 1), after: Serve); // cut at 5 s

        string Text(long segment, bool isFinal) => TimedWord.Join(_served.Last(served => served.Segment == segment && served.IsFinal == isFinal).Hypothesis.Words);
        Assert.Equal(("The end", "The end"), (Text(1, isFinal: false), Text(1, isFinal: true)));
        Assert.Equal(("the end", "the end."), (Text(2, isFinal: false), Text(2, isFinal: true)));
    }

    [Fact]
    public void How_often_a_word_was_said_is_not_forgotten_while_the_model_runs_in_circles()
    {
        _model.Says = () => _model.Loops ? "More words" : "more words words";
        var lane = _recognizer.AddSource(new("mic"));
        Feed(lane, Alternating(1, 1), after: Serve);
        _model.Loops = true;
        var before = _served.Count;
        Feed(lane, Alternating(0, 1, 1), start: 2, after: Serve);

        var after = _served.Skip(before).ToArray();
        Assert.All(after.SkipLast(1), served => Assert.Equal("more words words", served.Hypothesis.Text));
        Assert.True(after.Length > 3);
        Assert.Equal("More words", after[^1].Hypothesis.Text);
    }

    [Fact]
    public void A_final_whose_audio_was_recognised_already_costs_nothing()
    {
        var lane = _recognizer.AddSource(new("mic"));

        Feed(lane, Alternating(1, 2, 0.2), after: Serve);
        var calls = _model.Calls.Count;
        Feed(lane, Alternating(0.3), start: 3.2, after: Serve);

        Assert.True(_served[^1].IsFinal);
        Assert.Equal(calls, _model.Calls.Count);
    }

    [Fact]
    public void The_previous_answer_is_handed_on_within_a_segment_only()
    {
        var lane = _recognizer.AddSource(new("mic"));

        Feed(lane, Alternating(1, 1, 1, 1, 1), after: Serve);

        Assert.Equal(2, _model.Calls.Count(call => call.Previous == 0));
    }

    [Fact]
    public void Behind_time_partials_are_skipped_and_counted_but_no_segment_is_lost()
    {
        var lane = _recognizer.AddSource(new("mic"));

        Feed(lane, Alternating(1, 2, 1, 2, 1, 2, 1));
        Serve();

        Assert.Equal([1, 2, 3], _served.Where(served => served.IsFinal).Select(served => served.Segment));
        Assert.DoesNotContain(_served, served => !served.IsFinal);
        Assert.True(_counters.Get("speech.partials_skipped").Value >= 24);
    }

    [Fact]
    public void Of_two_sources_the_one_with_the_oldest_unserved_audio_goes_first()
    {
        var (a, b) = (_recognizer.AddSource(new("a")), _recognizer.AddSource(new("b")));
        Feed(a, Alternating(0.5, 1, 1, 1, 1));
        Feed(b, Alternating(1, 1, 1));

        Serve();

        Assert.Equal(["a1", "b1", "a2"], _served.Select(served => served.Source.Id + served.Segment));
    }

    [Fact]
    public void Each_source_is_heard_in_its_own_language()
    {
        var (a, b) = (_recognizer.AddSource(new("a", Language: "de")), _recognizer.AddSource(new("b")));
        Feed(a, Alternating(0, 1, 1), after: Serve);
        Feed(b, Alternating(0, 1, 1), after: Serve);
        a.Language = "ja";
        Feed(a, Alternating(0, 1, 1), start: 10, after: Serve);
        Assert.Equal(["a de", "b en", "a ja"], _served.Select(served => $"{served.Source.Id} {served.Hypothesis.Language}").Distinct());
    }

    [Fact]
    public void A_source_that_never_pauses_does_not_starve_another()
    {
        var (a, b) = (_recognizer.AddSource(new("a")), _recognizer.AddSource(new("b")));
        var speech = Alternating(0, 20);
        for (var at = 0; at < speech.Length; at += 3_200)
        {
            a.Accept(Frame((double)at / Rate, speech.AsSpan(at, 3_200)));
            b.Accept(Frame((double)at / Rate, speech.AsSpan(at, 3_200)));
            if (_recognizer.TryServe(out var served)) _served.Add(served); // time for one of two
        }

        var share = _served.Count(served => served.Source.Id == "a") / (double)_served.Count;
        Assert.InRange(share, 0.45, 0.55);
    }

    [Fact]
    public void The_same_audio_in_other_blocks_gives_the_same_finals()
    {
        Feed(_recognizer.AddSource(new("mic")), Alternating(1, 2, 1, 3, 1), block: 320, after: Serve);
        var small = Finals();
        _recognizer.Dispose();
        _recognizer = NewRecognizer();
        _served.Clear();

        Feed(_recognizer.AddSource(new("mic")), Alternating(1, 2, 1, 3, 1), block: 1_237, after: Serve);

        Assert.Equal(small, Finals());
    }

    [Fact]
    public void Nothing_after_an_edge_is_recognised_and_nothing_before_it_is_lost()
    {
        var lane = _recognizer.AddSource(new("mic"));
        Feed(lane, Alternating(1, 2), after: Serve);

        lane.Close(new(2.5)); // half a second ago
        Serve();

        Assert.True(_served[^1].IsFinal);
        Assert.Equal(2.5, _served[^1].End.Seconds, 4);
    }

    [Fact]
    public void An_edge_still_to_come_waits_for_its_audio()
    {
        var lane = _recognizer.AddSource(new("mic"));
        Feed(lane, Alternating(1, 1), after: Serve);

        lane.Close(new(2.3));
        Feed(lane, Alternating(0, 0.3), start: 2, after: Serve);

        Assert.True(_served[^1].IsFinal);
        Assert.Equal(2.3, _served[^1].End.Seconds, 4);
    }

    [Fact]
    public void A_segment_of_which_an_edge_leaves_nothing_ends_without_words()
    {
        var lane = _recognizer.AddSource(new("mic"));
        Feed(lane, Alternating(1, 1), after: Serve);

        lane.Close(new(0.5));
        Serve();

        Assert.True(_served[^1].IsFinal);
        Assert.Empty(_served[^1].Hypothesis.Words);
    }

    [Fact]
    public void Audio_that_does_not_follow_begins_anew()
    {
        var lane = _recognizer.AddSource(new("mic"));
        Feed(lane, Alternating(0, 1), after: Serve);
        Feed(lane, Alternating(0, 1, 1), start: 10, after: Serve);

        Assert.Equal([1L, 2L], _served.Where(served => served.IsFinal).Select(served => served.Segment));
        Assert.Equal(10, _served[^1].Start.Seconds, 4); // and does not reach back
    }

    [Fact]
    public void What_is_forgotten_is_never_served()
    {
        var lane = _recognizer.AddSource(new("mic"));
        Feed(lane, Alternating(1, 1, 1, 1));

        lane.Forget();
        Serve();

        Assert.Empty(_served);
    }

    [Fact]
    public void A_phantom_on_weak_evidence_is_dropped_and_counted()
    {
        _model.Says = () => "Thank you.";
        Feed(_recognizer.AddSource(new("mic")), Faint(Alternating(1, 0.4, 1)), after: Serve);

        Assert.All(_served, served => Assert.Empty(served.Hypothesis.Words));
        Assert.Equal(1, _counters.Get("speech.words_on_silence").Value);
        Assert.DoesNotContain(_model.Calls, call => call.ExpectWords);
    }

    [Fact]
    public void The_same_words_on_strong_evidence_stand()
    {
        _model.Says = () => "Thank you.";
        Feed(_recognizer.AddSource(new("mic")), Alternating(1, 0.6, 1), after: Serve);

        Assert.Equal("Thank you.", _served[^1].Hypothesis.Text);
        Assert.Equal(0, _counters.Get("speech.words_on_silence").Value);
    }

    [Fact]
    public void An_empty_final_on_strong_evidence_is_counted()
    {
        _model.Says = () => "";
        Feed(_recognizer.AddSource(new("mic")), Alternating(1, 1, 1), after: Serve);

        Assert.Equal(1, _counters.Get("speech.empty_on_speech").Value);
        Assert.Contains(_model.Calls, call => call.ExpectWords);
    }

    [Fact]
    public void A_loop_is_counted_once_a_segment()
    {
        _model.Loops = true;
        Feed(_recognizer.AddSource(new("mic")), Alternating(1, 2, 1), after: Serve);

        Assert.Equal(1, _counters.Get("speech.loops").Value);
    }

    [Fact]
    public void Answers_that_took_a_second_hearing_are_counted()
    {
        _model.Retries = true;
        Feed(_recognizer.AddSource(new("mic")), Alternating(1, 2, 1), after: Serve);

        Assert.Equal(_model.Calls.Count, _counters.Get("speech.retried").Value);
    }

    [Fact]
    public void Words_lie_in_order_within_their_segment()
    {
        Feed(_recognizer.AddSource(new("mic")), Alternating(1, 3, 1), after: Serve);

        Assert.All(_served, served =>
        {
            var edge = served.Start;
            foreach (var word in served.Hypothesis.Words)
            {
                Assert.True(word.Start >= edge && word.End >= word.Start);
                edge = word.End;
            }

            Assert.True(edge <= served.End);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_model_that_fails_for_a_while_costs_words_and_not_the_show(bool atTheEnd)
    {
        var told = new List<Exception?>();
        using var recognizer = new StreamingRecognizer(_model, () => new LoudnessDetector(), _options, _counters) { OnFailure = told.Add };
        var lane = recognizer.AddSource(new("mic"));
        var calls = 0;
        var fails = Enumerable.Range(atTheEnd ? 8 : 3, 5).ToHashSet(); // among the first segment's ten answers or so
        _model.Says = () => fails.Contains(++calls) ? throw new InvalidOperationException("no memory") : "some words";

        Feed(lane, Alternating(1, 2, 1, 2, 1), after: () =>
        {
            while (recognizer.TryServe(out var served)) _served.Add(served);
        });

        Assert.Equal(5, _counters.Get("speech.failed").Value);
        Assert.Equal("no memory", told[0]!.Message);
        Assert.Null(told[^1]);
        Assert.Equal(["some words", "some words"], _served.Where(served => served.IsFinal).Select(served => served.Hypothesis.Text));
    }

    [Fact]
    public void A_model_that_fails_is_not_hushed_up_where_nobody_asks_to_be_told()
    {
        _model.Says = () => throw new InvalidOperationException("no memory");
        Assert.Throws<InvalidOperationException>(() => Feed(_recognizer.AddSource(new("mic")), Alternating(1, 2, 1), after: Serve));
    }

    [Fact]
    public void Without_partials_only_finals_come()
    {
        using var recognizer = new StreamingRecognizer(_model, () => new LoudnessDetector(), _options, _counters) { Partials = false };
        var lane = recognizer.AddSource(new("file"));
        Feed(lane, Alternating(1, 2), after: () => Assert.False(recognizer.TryServe(out _)));
        lane.Close(new(3));

        Assert.True(recognizer.TryServe(out var final) && final.IsFinal);
        Assert.Equal(0, _counters.Get("speech.partials_skipped").Value);
    }

    [Fact]
    public void A_stronger_model_hears_closed_segments_and_is_told_what_the_fast_one_heard()
    {
        var strong = new ScriptedModel { Says = () => "better words" };
        using var recognizer = new StreamingRecognizer(_model, () => new LoudnessDetector(), _options, _counters) { FinalModel = strong };
        var lane = recognizer.AddSource(new("mic"));
        Feed(lane, Alternating(1, 2, 1), after: () =>
        {
            while (recognizer.TryServe(out var served)) _served.Add(served);
        });

        Assert.Equal("better words", _served[^1].Hypothesis.Text);
        Assert.All(_served.SkipLast(1), served => Assert.StartsWith("word1", served.Hypothesis.Text));
        Assert.Equal(7, Assert.Single(strong.Calls).Previous); // one call: partials are the fast model's
    }

    [Fact]
    public void Taking_audio_in_allocates_nothing()
    {
        var lane = _recognizer.AddSource(new("mic"));
        var silence = Alternating(5);
        var start = 0;

        Assert.Equal(0, Allocations.Of(() => Feed(lane, silence, start: 5 * start++), times: 1));
    }

    private static float[] Faint(float[] samples) => [.. samples.Select(sample => sample * 0.6f)]; // the detector says 0.6

    private StreamingRecognizer NewRecognizer() => new(_model, () => new LoudnessDetector(), _options, _counters);

    private void Serve()
    {
        while (_recognizer.TryServe(out var served)) _served.Add(served);
    }

    private List<(long, MediaTime, MediaTime, string)> Finals() =>
        [.. _served.Where(served => served.IsFinal).Select(served => (served.Segment, served.Start, served.End, served.Hypothesis.Text))];
}
