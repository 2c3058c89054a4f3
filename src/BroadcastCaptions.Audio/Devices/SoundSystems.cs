using BroadcastCaptions.Audio.Pulse;
using BroadcastCaptions.Audio.Wasapi;

namespace BroadcastCaptions.Audio.Devices;

/// <summary>Those that are known.</summary>
internal static class SoundSystems
{
    /// <summary>This machine's: WASAPI on Windows, PulseAudio or PipeWire elsewhere.</summary>
    /// <param name="server">Address of the sound server, where there are servers; null for the user's own.</param>
    public static ISoundSystem Of(string? server) => OperatingSystem.IsWindows() ? new WasapiSystem() : new PulseSystem(server);
}
