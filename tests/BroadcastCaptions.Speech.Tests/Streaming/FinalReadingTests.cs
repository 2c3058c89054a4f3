using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Streaming;
using Microsoft.Extensions.Time.Testing;
using static BroadcastCaptions.Speech.Tests.Streaming.Audio16k;

namespace BroadcastCaptions.Speech.Tests.Streaming;

/// <summary>Closed segments are heard again where the model gains by it and nobody waits.</summary>
public sealed class FinalReadingTests : IDisposable
{
    private readonly ScriptedModel _model = new() { GainsByRehearing = true, Says = () => "the same" };
    private readonly FakeTimeProvider _time = new();
    private readonly List<Recognition> _served = [];

    public void Dispose() => _model.Dispose();

    [Fact]
    public void A_final_is_heard_again_also_where_its_last_partial_answered_it()
    {
        using var recognizer = NewRecognizer(partials: true);
        var lane = recognizer.AddSource(new("mic"));
        Feed(lane, Alternating(1, 2, 0.2), after: () => Serve(recognizer));
        var calls = _model.Calls.Count;
        Feed(lane, Alternating(0.3), start: 3.2, after: () => Serve(recognizer));

        Assert.True(_served[^1].IsFinal);
        Assert.Equal(calls + 1, _model.Calls.Count);
        Assert.True(_model.Calls[^1].Samples > _model.Calls[^2].Samples);
    }

    [Fact]
    public void Partials_are_heard_once()
    {
        using var recognizer = NewRecognizer(partials: true);
        Feed(recognizer.AddSource(new("mic")), Alternating(1, 2), after: () => Serve(recognizer));

        Assert.DoesNotContain(_served, served => served.IsFinal);
        Assert.Equal(_served.Count, _model.Calls.Count);
    }

    [Theory]
    [InlineData(true, 3 + 1)] // of three the last one, for which nobody waits
    [InlineData(false, 3 + 3)] // a recording has time
    public void Live_a_segment_is_heard_once_while_others_wait(bool partials, int calls)
    {
        using var recognizer = NewRecognizer(partials);
        Feed(recognizer.AddSource(new("mic")), Alternating(1, 2, 1, 2, 1, 2, 1));
        Serve(recognizer);

        Assert.Equal(3, _served.Count);
        Assert.Equal(calls, _model.Calls.Count);
    }

    [Theory]
    [InlineData(0.15, 1)] // what is being said would wait
    [InlineData(0.05, 2)]
    public void Live_a_segment_that_was_cut_in_running_speech_is_heard_again_by_a_quick_model_only(double seconds, int hearings)
    {
        _model.Says = () =>
        {
            _time.Advance(TimeSpan.FromSeconds(seconds));
            return "the same";
        };
        using var recognizer = NewRecognizer(partials: true);
        Feed(recognizer.AddSource(new("mic")), Alternating(1, 8.5)); // longer than a segment lasts

        Assert.True(recognizer.TryServe(out var cut));
        Assert.True(cut is { IsFinal: true, GoesOn: true });
        Assert.Equal(hearings, _model.Calls.Count);
    }

    private StreamingRecognizer NewRecognizer(bool partials) =>
        new(_model, () => new LoudnessDetector(), new SpeechOptions { PartialEvery = 0.2, Hangover = 0.32, PreRoll = 0.15, MaximumSegment = 8 }, new Counters()) { Partials = partials, Time = _time };

    private void Serve(StreamingRecognizer recognizer)
    {
        while (recognizer.TryServe(out var recognition)) _served.Add(recognition);
    }
}
