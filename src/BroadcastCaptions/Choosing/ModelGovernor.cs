using BroadcastCaptions.Speech.Streaming;

namespace BroadcastCaptions.Choosing;

/// <summary>Where to go.</summary>
internal enum Step
{
    /// <summary>Nowhere.</summary>
    Stay,

    /// <summary>To a faster model: words come too late.</summary>
    Down,

    /// <summary>To a better one: there is time for it.</summary>
    Up,
}

/// <summary>
/// Says when a session should change its model. Pure: it knows but what it is told. Down after some seconds of too rare partials, for
/// viewers wait; up only after a calm in which the better model would have kept its pace, and ever longer calms where that was
/// wrong: a game that comes and goes must not make the captions swing.
/// </summary>
/// <param name="upAfter">Seconds of calm before the first step up.</param>
internal sealed class ModelGovernor(double upAfter = ModelGovernor.FirstCalm)
{
    private const double FirstCalm = 20;
    private const double LongestCalm = 320;
    private const double DownAfter = 3;
    private const double TooSoon = 60; // a step down so soon after a step up: it was wrong
    private const double Gap = 2; // seconds without partials, beyond what they take, after which busy and calm begin anew: nobody speaks
    private const double Hopeless = 4; // times too slow: the pace is smoothed, so that this is no moment's hesitation

    private int _mistakes;
    private double _lastUp = double.NegativeInfinity;
    private double _seen = double.NegativeInfinity;
    private double? _busySince;
    private double? _calmSince;
    private double _calmBefore;
    private long _partials;

    /// <summary>Looks at what the last partials cost.</summary>
    /// <param name="now">Seconds of the session.</param>
    /// <param name="load">How busy the recogniser is.</param>
    /// <param name="faster">Is there a faster model to go to?</param>
    /// <param name="costlier">How many times as much a partial of the next better model costs; null where there is none to go to.</param>
    public Step Look(double now, RecognizerLoad load, bool faster, double? costlier)
    {
        if (load.Partials == _partials) return Step.Stay;
        if (now - _seen > Gap + (2 * load.PartialCost)) Rest();
        (_partials, _seen) = (load.Partials, now);
        _busySince = IsBusy(load) ? _busySince ?? now : null;
        _calmSince = load.PartialNeeded * costlier <= LatencyTarget.GoodInterval ? _calmSince ?? now : Broken();
        if (faster && now - _busySince >= (load.PartialNeeded >= Hopeless * LatencyTarget.BadInterval ? 0 : DownAfter)) return Go(Step.Down, now);
        return now - _calmSince + _calmBefore >= CalmWanted ? Go(Step.Up, now) : Step.Stay;
    }

    private double CalmWanted => Math.Min(upAfter * Math.Pow(2, _mistakes), LongestCalm);

    private static bool IsBusy(RecognizerLoad load) =>
        load.PartialNeeded >= LatencyTarget.BadInterval || load.WaitingSeconds >= LatencyTarget.BadQueue;

    /// <summary>Silence tells nothing: what was calm before it still was.</summary>
    private void Rest()
    {
        if (_calmSince is { } since) _calmBefore += _seen - since;
        (_busySince, _calmSince) = (null, null);
    }

    private double? Broken()
    {
        _calmBefore = 0;
        return null;
    }

    private Step Go(Step step, double now)
    {
        if (step == Step.Up) _lastUp = now;
        else _mistakes = now - _lastUp <= TooSoon ? _mistakes + 1 : 0;
        (_busySince, _calmSince, _calmBefore) = (null, null, 0);
        return step;
    }
}
