namespace BroadcastCaptions.Audio.Devices;

/// <summary>A device that is being recorded.</summary>
internal interface IRecording : IDisposable
{
    /// <summary>The device that is heard.</summary>
    AudioDevice Device { get; }

    /// <summary>Its samples.</summary>
    CaptureSession Session { get; }

    /// <summary>What the system collects before it hands it over.</summary>
    TimeSpan GrantedLatency { get; }

    /// <summary>Has the system put the device to sleep?</summary>
    bool IsSuspended { get; }

    /// <summary>Is it in order that nothing comes at all while nothing sounds?</summary>
    bool IsSilentByNothing { get; }

    /// <summary>Completes when the device or the system has gone; then the result says which, as the beginning of a sentence.</summary>
    Task<string> EndedAsync();
}
