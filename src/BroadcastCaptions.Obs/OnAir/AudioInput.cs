namespace BroadcastCaptions.Obs;

/// <summary>An OBS input that captures an audio device.</summary>
/// <param name="Name">The input's name in OBS.</param>
/// <param name="Kind">Its kind without version: "pulse_input_capture".</param>
/// <param name="Device">The device's name, or <see cref="ObservedTap.Default"/> or <see cref="ObservedTap.DefaultMonitor"/>.</param>
/// <param name="Muted">Is it muted?</param>
public sealed record AudioInput(string Name, string Kind, string Device, bool Muted)
{
    /// <summary>Does it capture what is played (a monitor of an output), not a microphone?</summary>
    public bool IsMonitor => Kind.Contains("output", StringComparison.Ordinal) || Device.EndsWith(".monitor", StringComparison.Ordinal);
}
