namespace BroadcastCaptions.Audio;

/// <summary>What a tap is doing.</summary>
public enum TapState
{
    /// <summary>Not started.</summary>
    Idle,

    /// <summary>Waiting for its device or server; retried.</summary>
    Waiting,

    /// <summary>Audio flows.</summary>
    Running,

    /// <summary>Ended for good: a file was read to its end.</summary>
    Ended,

    /// <summary>Failed for good; <see cref="TapStatus.Detail"/> says why.</summary>
    Failed,
}

/// <summary>A tap's state and counters at one moment.</summary>
/// <param name="State">What the tap is doing.</param>
/// <param name="Detail">One sentence for the user: the device's name, or what is wrong and the remedy.</param>
/// <param name="Format">The format that the device granted; null before it did.</param>
/// <param name="GrantedLatency">The latency that the device granted, not what was asked; null where unknown.</param>
/// <param name="DroppedSamples">Samples per channel lost because the ring was full (oldest dropped).</param>
/// <param name="FilledSamples">Samples per channel of silence put in for lost audio.</param>
/// <param name="TotalSeconds">Length of the whole recording, for progress; null for live taps.</param>
/// <param name="IsDegraded">Works, but <paramref name="Detail"/> says what is missing: a file that was cut in the middle.</param>
public sealed record TapStatus(
    TapState State,
    string Detail = "",
    AudioFormat? Format = null,
    TimeSpan? GrantedLatency = null,
    long DroppedSamples = 0,
    long FilledSamples = 0,
    double? TotalSeconds = null,
    bool IsDegraded = false);
