namespace BroadcastCaptions.Obs;

/// <summary>A tap that may be an OBS input as well.</summary>
/// <param name="Source">Id of the tap's source.</param>
/// <param name="Devices">
/// Every name by which OBS may know the tap's device: the sound server's own ("alsa_input.usb-…", "broadcast.monitor"),
/// and <see cref="Default"/> where it is the system's default microphone, <see cref="DefaultMonitor"/> where it is the monitor of
/// the default output.
/// </param>
public sealed record ObservedTap(string Source, IReadOnlySet<string> Devices)
{
    /// <summary>What stands for the system's default microphone.</summary>
    public const string Default = "default";

    /// <summary>What stands for the monitor of the system's default output.</summary>
    public const string DefaultMonitor = "default.monitor";
}
