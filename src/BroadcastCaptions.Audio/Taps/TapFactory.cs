using BroadcastCaptions.Audio.Devices;
using BroadcastCaptions.Audio.Files;

namespace BroadcastCaptions.Audio;

/// <summary>Makes the tap that a spec asks for.</summary>
public static class TapFactory
{
    /// <summary>A tap, not yet started.</summary>
    /// <param name="spec">What to listen to.</param>
    /// <param name="pace">How fast a file is played; devices know only real time.</param>
    /// <param name="server">Address of the sound server; null for the user's own.</param>
    public static IAudioTap Create(TapSpec spec, TapPace pace, string? server = null) => spec.Kind == TapKind.File
        ? new FileTap(spec.Source, spec.Target, pace)
        : new DeviceTap(spec, SoundSystems.Of(server));
}
