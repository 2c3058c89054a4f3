using BroadcastCaptions.Audio;
using BroadcastCaptions.Events;

namespace BroadcastCaptions.Pipeline;

/// <summary>A tap's status as a component's state.</summary>
internal static class TapReport
{
    /// <summary>Digital silence that is worth a warning: a muted interface, a wrong input (design: 10 s).</summary>
    private const double SilenceWarning = 10;

    /// <summary>What to tell the user of a lane.</summary>
    public static ComponentState Of(LaneStatus lane)
    {
        var name = $"tap:{lane.Source.Id}";
        var tap = lane.Tap;
        return tap.State switch
        {
            TapState.Failed => new(name, Health.Failed, tap.Detail),
            TapState.Waiting or TapState.Idle => new(name, Health.Waiting, tap.Detail),
            _ when !lane.OnAir => new(name, Health.Ok, $"{tap.Detail} Off air: {lane.OffAirReason}."),
            _ when tap.IsDegraded => new(name, Health.Degraded, tap.Detail),
            _ when lane.DigitalSilence >= SilenceWarning => new(
                name, Health.Degraded, "Nothing but digital silence for 10 s.", "Check that it is the right tap ('captions taps'), plugged in, and not muted."),
            _ => new(name, Health.Ok, Running(tap)),
        };
    }

    private static string Running(TapStatus tap)
    {
        var latency = tap.GrantedLatency is { } granted ? $", {granted.TotalMilliseconds:0} ms latency granted" : "";
        return tap.Format is { } format ? $"{tap.Detail} ({format}{latency})" : tap.Detail;
    }
}
