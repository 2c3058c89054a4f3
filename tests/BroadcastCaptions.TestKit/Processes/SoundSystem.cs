namespace BroadcastCaptions.TestKit.Processes;

/// <summary>What plays and records sound on a Linux desktop; both speak PulseAudio's protocol.</summary>
public enum SoundSystem
{
    /// <summary>PulseAudio.</summary>
    PulseAudio,

    /// <summary>PipeWire with WirePlumber and its PulseAudio server.</summary>
    PipeWire,
}
