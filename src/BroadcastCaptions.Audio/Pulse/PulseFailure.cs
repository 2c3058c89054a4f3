using System.Runtime.InteropServices;
using BroadcastCaptions.Audio.Devices;
using BroadcastCaptions.Audio.Pulse.Native;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Audio.Pulse;

/// <summary>What can be wrong with a sound server, each as one sentence and its remedy.</summary>
internal static class PulseFailure
{
    /// <summary>The server does not run, or hangs.</summary>
    public static DeviceException NoServer() => new(
        "No sound server answers (PulseAudio or PipeWire).", "Start it: 'systemctl --user start pipewire-pulse' or 'pulseaudio --start'.");

    /// <summary>The machine has no libpulse at all.</summary>
    public static CaptionsException NoLibrary(Exception cause) => OperatingSystem.IsLinux()
        ? new($"The library {LibPulse.Library} is missing, without which no microphone can be heard.", "Install it: sudo apt install libpulse0.", inner: cause)
        : new(
            "Microphones and outputs cannot be heard on this system yet.",
            "Caption a recording ('captions transcribe'), a file as if it were spoken now (--tap FILE), or sources of OBS by its plug-in (--tap obs).", inner: cause);

    /// <summary>libpulse's own words for an error.</summary>
    public static unsafe string Text(int error) => Marshal.PtrToStringUTF8((nint)LibPulse.ErrorText(error)) ?? $"error {error}";
}
