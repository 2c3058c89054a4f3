using BroadcastCaptions.Audio.Devices;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Audio;

/// <summary>What can be tapped on this machine.</summary>
public static class AudioDevices
{
    /// <summary>Microphones first (the default one at the top), then the monitors of outputs.</summary>
    /// <param name="server">Address of the sound server; null for the user's own.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="CaptionsException">No sound system answers, or what it takes is not installed.</exception>
    public static async Task<IReadOnlyList<AudioDevice>> ListAsync(string? server = null, CancellationToken cancellation = default)
    {
        try
        {
            return await SoundSystems.Of(server).ListAsync(cancellation);
        }
        catch (DeviceException failure)
        {
            throw new CaptionsException(failure.Message, failure.Remedy, inner: failure);
        }
    }

    /// <summary>Which of the devices a tap means; null where the default microphone is asked for and there is none now.</summary>
    /// <exception cref="CaptionsException">No device has that name, or several fit (exit code 2).</exception>
    public static AudioDevice? Find(TapSpec spec, IReadOnlyList<AudioDevice> devices) => DeviceChoice.Of(spec, devices);
}
