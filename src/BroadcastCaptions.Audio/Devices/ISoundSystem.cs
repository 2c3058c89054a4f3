using BroadcastCaptions.Failures;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.Devices;

/// <summary>By what this machine's devices are heard.</summary>
internal interface ISoundSystem
{
    /// <summary>What can be heard: microphones first (the default one at the top), then outputs.</summary>
    /// <exception cref="DeviceException">Not now.</exception>
    /// <exception cref="CaptionsException">Not on this machine.</exception>
    Task<IReadOnlyList<AudioDevice>> ListAsync(CancellationToken cancellation);

    /// <summary>Starts to record.</summary>
    /// <param name="choose">Picks the device.</param>
    /// <param name="clock">The media clock.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="DeviceException">Not now; try again.</exception>
    /// <exception cref="CaptionsException">No such device, or not on this machine.</exception>
    Task<IRecording> OpenAsync(Func<IReadOnlyList<AudioDevice>, AudioDevice> choose, MediaClock clock, CancellationToken cancellation);
}
