using BroadcastCaptions.Events;

namespace BroadcastCaptions.Terminal;

/// <summary>A component's state as a line of text.</summary>
internal static class StateText
{
    /// <summary>"obs: waiting: OBS does not run. Start OBS."</summary>
    public static string Line(ComponentState state)
    {
        var health = state.Health switch
        {
            Health.Ok => "",
            Health.Waiting => "waiting: ",
            Health.Degraded => "warning: ",
            _ => "failed: ",
        };
        return $"{state.Component}: {health}{state.Detail}{(state.Remedy.Length > 0 ? " " + state.Remedy : "")}";
    }
}
