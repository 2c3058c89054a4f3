using BroadcastCaptions.Choosing;
using BroadcastCaptions.Speech.Streaming;

namespace BroadcastCaptions.Tests.Choosing;

/// <summary>A session of known load: four partials a second, each with what it needs; a better model costs twice as much.</summary>
public sealed class ModelGovernorTests
{
    private const double Ratio = 2;

    private readonly ModelGovernor _governor = new(upAfter: 20);
    private bool _isBest = true;
    private double _now;
    private long _partials;

    [Fact]
    public void A_machine_that_keeps_up_stays() => Assert.Null(StepWithin(600, needed: 0.1));

    [Fact]
    public void A_game_that_starts_brings_the_faster_model_in_seconds()
    {
        Assert.Null(StepWithin(60, needed: 0.1));
        Assert.InRange(StepWithin(60, needed: 0.5)!.Value, 2.9, 4);
        Assert.False(_isBest);
    }

    [Fact]
    public void Where_it_is_hopeless_nobody_waits() => Assert.Equal(0.25, StepWithin(60, needed: 2));

    [Fact]
    public void Partials_that_take_seconds_are_no_silence()
    {
        Step? step = null;
        for (var at = 0.0; at < 10 && step is not Step.Down; at += 2.5) step = _governor.Look(at, new(1, 1, 1, 0, ++_partials, 0, 0), faster: true, costlier: null);
        Assert.Equal(Step.Down, step);
    }

    [Fact]
    public void Audio_that_waits_does_so_too()
    {
        Assert.InRange(StepWithin(60, needed: 0.1, waiting: 1.5)!.Value, 2.9, 4);
    }

    [Fact]
    public void A_moments_hesitation_changes_nothing()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(StepWithin(2, needed: 0.6));
            Assert.Null(StepWithin(2, needed: 0.1));
        }
    }

    [Fact]
    public void When_the_game_ends_the_better_one_comes_back_after_a_calm()
    {
        StepWithin(10, needed: 0.6);
        Assert.Null(StepWithin(60, needed: 0.18)); // the better one would need 0.36 s
        Assert.InRange(StepWithin(60, needed: 0.08)!.Value, 20, 21);
        Assert.True(_isBest);
    }

    [Fact]
    public void Between_the_two_thresholds_nothing_swings()
    {
        Assert.Null(StepWithin(600, needed: 0.3));
        StepWithin(10, needed: 0.6);
        Assert.Null(StepWithin(600, needed: 0.18));
    }

    [Fact]
    public void Who_was_wrong_waits_longer_each_time()
    {
        var calms = new List<double>();
        StepWithin(10, needed: 0.6);
        for (var i = 0; i < 6; i++)
        {
            calms.Add(StepWithin(1000, needed: 0.08)!.Value);
            Assert.NotNull(StepWithin(10, needed: 0.6)); // the calm was none for the better model
        }

        Assert.Equal([20, 40, 80, 160, 320, 320], calms.Select(calm => Math.Floor(calm / 10) * 10));
    }

    [Fact]
    public void What_held_for_a_minute_was_right()
    {
        StepWithin(10, needed: 0.6);
        StepWithin(60, needed: 0.08);
        StepWithin(10, needed: 0.6);
        Assert.InRange(StepWithin(100, needed: 0.08)!.Value, 40, 41);
        Assert.Null(StepWithin(70, needed: 0.1));
        StepWithin(10, needed: 0.6);
        Assert.InRange(StepWithin(100, needed: 0.08)!.Value, 20, 21);
    }

    [Fact]
    public void Silence_is_no_evidence_of_anything()
    {
        StepWithin(2, needed: 0.6);
        _now += 30;
        Assert.Null(StepWithin(2, needed: 0.6)); // the machine was not seen busy for three seconds in a row
        StepWithin(10, needed: 0.6);
        Assert.Null(StepWithin(10, needed: 0.08));
        _now += 300;
        Assert.InRange(StepWithin(60, needed: 0.08)!.Value, 9.5, 11); // the ten seconds before count, the silence does not
    }

    [Fact]
    public void There_may_be_nowhere_to_go()
    {
        for (var i = 0; i < 100; i++) Assert.Equal(Step.Stay, _governor.Look(i, Load(0.9, 5), faster: false, costlier: null));
    }

    /// <summary>The seconds after which it steps; null where it does not.</summary>
    private double? StepWithin(double seconds, double needed, double waiting = 0)
    {
        for (var began = _now; _now < began + seconds;)
        {
            _now += 0.25;
            var step = _governor.Look(_now, Load(needed, waiting), faster: _isBest, costlier: _isBest ? null : Ratio);
            if (step == Step.Stay) continue;
            Assert.Equal(_isBest ? Step.Down : Step.Up, step);
            _isBest = !_isBest;
            return _now - began;
        }

        return null;
    }

    private RecognizerLoad Load(double needed, double waiting) => new(0, 0, needed, 0, ++_partials, 0, waiting);
}
