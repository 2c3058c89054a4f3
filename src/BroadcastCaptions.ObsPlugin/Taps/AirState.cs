using BroadcastCaptions.Bridge.Messages;

namespace BroadcastCaptions.ObsPlugin.Taps;

/// <summary>What OBS says of a source at one moment.</summary>
/// <param name="Muted">Muted by hand, by push-to-talk or by push-to-mute.</param>
/// <param name="Volume">The fader's factor; 0 is −∞.</param>
/// <param name="Monitoring">obs_monitoring_type: 0 none, 1 monitor only, 2 monitor and output.</param>
/// <param name="Mixers">Bit n: output track n + 1.</param>
/// <param name="Active">Is it in what viewers see, or one of OBS's global devices?</param>
/// <param name="Showing">Is it shown anywhere at all?</param>
internal readonly record struct AirState(bool Muted, float Volume, int Monitoring, uint Mixers, bool Active, bool Showing)
{
    private const float Inaudible = 1e-5f; // −100 dB: below it OBS's own fader says −∞
    private const int MonitorOnly = 1;
    private const uint Tracks = 0b111111;

    /// <summary>The one on-air predicate: why viewers do not hear the source, or none. What cannot be understood is off air.</summary>
    public OffAirReason OffAir
    {
        get
        {
            if (Muted) return OffAirReason.Muted;
            if (!(Volume >= Inaudible)) return OffAirReason.FaderDown; // NaN, too
            if (Monitoring == MonitorOnly) return OffAirReason.MonitorOnly;
            if (Monitoring is not (0 or 2)) return OffAirReason.Unknown;
            if ((Mixers & Tracks) == 0) return OffAirReason.NoTrack;
            return Active && Showing ? OffAirReason.None : OffAirReason.Inactive;
        }
    }
}
