using BroadcastCaptions.Events;

namespace BroadcastCaptions.Obs;

/// <summary>What is the case with OBS, and what is wrong.</summary>
/// <param name="Findings">One for each thing that was looked at: "obs", "obs:text", "obs:microphone".</param>
/// <param name="CanEnableServer">
/// OBS is closed and its WebSocket server switched off: ask the user, then call <see cref="ObsConfiguration.EnableServer"/>.
/// </param>
public sealed record ObsReport(IReadOnlyList<ComponentState> Findings, bool CanEnableServer)
{
    /// <summary>Is everything as it should be?</summary>
    public bool IsGood => Findings.All(finding => finding.Health is Health.Ok);
}
