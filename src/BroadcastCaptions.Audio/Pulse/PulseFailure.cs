using System.Runtime.InteropServices;
using BroadcastCaptions.Audio.Pulse.Native;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Audio.Pulse;

/// <summary>The sound server failed us for now; retried. The message is one sentence for the user.</summary>
internal sealed class PulseException(string message) : Exception(message);

/// <summary>What can be wrong with a sound server, each as one sentence and its remedy.</summary>
internal static class PulseFailure
{
    public const string NoServer = "No sound server answers (PulseAudio or PipeWire).";
    public const string StartServer = "Start it: 'systemctl --user start pipewire-pulse' or 'pulseaudio --start'.";

    /// <summary>The machine has no libpulse at all.</summary>
    public static CaptionsException NoLibrary(Exception cause) => OperatingSystem.IsLinux()
        ? new($"The library {LibPulse.Library} is missing, without which no microphone can be heard.", "Install it: sudo apt install libpulse0.", inner: cause)
        : new(
            "Microphones and outputs cannot be heard on this system yet.",
            "Caption a recording ('captions transcribe'), a file as if it were spoken now (--tap FILE), or sources of OBS by its plug-in (--tap obs).", inner: cause);

    /// <summary>No such device on a server that runs.</summary>
    public static CaptionsException NoDevice(string asked, IEnumerable<AudioDevice> devices)
    {
        var there = Names(devices);
        return new($"There is no audio device '{asked}'.", there.Length == 0 ? "This machine has none at all." : $"There are: {there}.", ExitCode.Usage);
    }

    /// <summary>Several devices fit the name.</summary>
    public static CaptionsException Ambiguous(string asked, IEnumerable<AudioDevice> devices) => new(
        $"'{asked}' fits several audio devices.",
        $"Name one in full: {Names(devices)}.", ExitCode.Usage);

    private static string Names(IEnumerable<AudioDevice> devices) =>
        string.Join(", ", devices.Select(device => device.IsMonitor ? $"monitor:{device.SinkName}" : $"pulse:{device.Name}"));

    /// <summary>libpulse's own words for an error.</summary>
    public static unsafe string Text(int error) => Marshal.PtrToStringUTF8((nint)LibPulse.ErrorText(error)) ?? $"error {error}";
}
