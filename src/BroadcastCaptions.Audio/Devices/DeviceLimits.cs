namespace BroadcastCaptions.Audio.Devices;

/// <summary>How long we wait for a sound server, and how often we ask again.</summary>
internal static class DeviceLimits
{
    /// <summary>A server on this machine answers in milliseconds; one that has not by now hangs.</summary>
    public static TimeSpan Answer { get; } = TimeSpan.FromSeconds(5);

    /// <summary>First wait before a new attempt; doubled each time.</summary>
    public static TimeSpan FirstRetry { get; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait between attempts: a microphone plugged in again is heard at most this much later.</summary>
    public static TimeSpan LongestRetry { get; } = TimeSpan.FromSeconds(2);
}
