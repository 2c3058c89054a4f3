namespace BroadcastCaptions.Events;

/// <summary>How a part of the product fares.</summary>
public enum Health
{
    /// <summary>Works.</summary>
    Ok,

    /// <summary>Not there yet or away for the moment; retried by itself.</summary>
    Waiting,

    /// <summary>Works, but something was lost or is worse than it should be.</summary>
    Degraded,

    /// <summary>Does not work until the user does something.</summary>
    Failed,
}

/// <summary>The state of one part: a tap, OBS, a sidecar, the model.</summary>
/// <param name="Component">Which: "tap:mic", "obs", "sidecar:talk.srt", "model".</param>
/// <param name="Health">How it fares.</param>
/// <param name="Detail">One sentence: what is the case.</param>
/// <param name="Remedy">One sentence: what the user can do; empty where nothing is to be done.</param>
public sealed record ComponentState(string Component, Health Health, string Detail, string Remedy = "");
