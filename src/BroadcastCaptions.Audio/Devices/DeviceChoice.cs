namespace BroadcastCaptions.Audio.Devices;

/// <summary>Which of the machine's devices a tap means.</summary>
internal static class DeviceChoice
{
    /// <summary>The device that <paramref name="spec"/> names; null where the default is asked and there is no microphone now.</summary>
    /// <exception cref="Failures.CaptionsException">No device has that name, or several fit.</exception>
    public static AudioDevice? Of(TapSpec spec, IReadOnlyList<AudioDevice> devices) => spec.Kind switch
    {
        TapKind.Default => devices.FirstOrDefault(device => device.IsDefault),
        TapKind.Monitor => Named(
            spec.Target, [.. devices.Where(device => device.IsMonitor)], devices,
            device => [device.SinkName!, device.SinkDescription!, device.Name]),
        _ => Named(spec.Target, devices, devices, device => [device.Name, device.Description]),
    };

    private static AudioDevice Named(
        string name, IReadOnlyList<AudioDevice> candidates, IReadOnlyList<AudioDevice> all, Func<AudioDevice, string[]> names)
    {
        AudioDevice[] fitting = [.. candidates.Where(device => names(device).Contains(name, StringComparer.Ordinal))];
        if (fitting.Length == 0)
            fitting = [.. candidates.Where(device => names(device).Any(candidate => candidate.Contains(name, StringComparison.OrdinalIgnoreCase)))];
        // "webcam" means its microphone, not the monitor of its loudspeaker.
        var microphones = fitting.Where(device => !device.IsMonitor).ToArray();
        if (microphones.Length > 0) fitting = microphones;
        return fitting.Length switch
        {
            1 => fitting[0],
            0 => throw DeviceFailure.NoDevice(name, all),
            _ => throw DeviceFailure.Ambiguous(name, fitting),
        };
    }
}
