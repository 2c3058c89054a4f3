using BroadcastCaptions.Audio.Devices;

namespace BroadcastCaptions.Audio.Wasapi;

/// <summary>What can be wrong with Windows' sound, each as one sentence and its remedy (audioclient.h).</summary>
internal static class WasapiFailure
{
    private const int AccessDenied = unchecked((int)0x80070005);
    private const int NotFound = unchecked((int)0x80070490);
    private const int DeviceInvalidated = unchecked((int)0x88890004);
    private const int DeviceInUse = unchecked((int)0x8889000A);
    private const int CreateFailed = unchecked((int)0x8889000F);
    private const int ServiceNotRunning = unchecked((int)0x88890010);

    /// <summary>Of a failed call.</summary>
    /// <param name="result">Its HRESULT.</param>
    /// <param name="what">The device.</param>
    public static DeviceException Of(int result, string what) => result switch
    {
        AccessDenied => new($"Windows does not let programs hear {what}.", "Allow it: Settings → Privacy & security → Microphone → Let desktop apps access your microphone."),
        NotFound or DeviceInvalidated => new($"{what} is unplugged or switched off; captions go on when it is back."),
        CreateFailed => new($"{what} cannot be opened at the moment; captions go on when it can."),
        DeviceInUse => new($"Another program has {what} for itself alone.", "End it, or take exclusive control away from it: Control Panel → Sound → Recording → Properties → Advanced."),
        ServiceNotRunning => new("Windows' audio service does not run.", "Start the service 'Windows Audio'."),
        _ => new($"{what} cannot be recorded (Windows' error 0x{result:X8})."),
    };
}
