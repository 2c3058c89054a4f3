using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Audio.Devices;

/// <summary>What can be wrong with the name of a device.</summary>
internal static class DeviceFailure
{
    /// <summary>No such device.</summary>
    public static CaptionsException NoDevice(string asked, IReadOnlyList<AudioDevice> devices) => new(
        $"There is no audio device '{asked}'.", devices.Count == 0 ? "This machine has none at all." : $"There are: {Taps(devices)}.", ExitCode.Usage);

    /// <summary>Several devices fit the name.</summary>
    public static CaptionsException Ambiguous(string asked, IReadOnlyList<AudioDevice> devices) => new(
        $"'{asked}' fits several audio devices.", $"Name one in full: {Taps(devices)}.", ExitCode.Usage);

    private static string Taps(IEnumerable<AudioDevice> devices) => string.Join(", ", devices.Select(device => device.Tap));
}
