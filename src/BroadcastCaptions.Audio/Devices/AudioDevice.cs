using BroadcastCaptions.Audio.Pulse.Native;

namespace BroadcastCaptions.Audio;

/// <summary>Something that can be tapped on this machine.</summary>
/// <param name="Name">The system's own name of it: unique, what <c>pulse:NAME</c> and <c>device:NAME</c> take.</param>
/// <param name="Description">As a person would call it.</param>
/// <param name="Format">Its own rate and channels.</param>
/// <param name="SinkName">For a monitor: the name of the output that it hears, what <c>monitor:NAME</c> takes; null for a microphone.</param>
/// <param name="SinkDescription">For a monitor: what a person would call that output.</param>
/// <param name="IsDefault">Is it what a tap without a name listens to? Never true for a monitor.</param>
public sealed record AudioDevice(string Name, string Description, AudioFormat Format, string? SinkName, string? SinkDescription, bool IsDefault)
{
    /// <summary>What <c>--tap</c> takes for it.</summary>
    public required string Tap { get; init; }

    /// <summary>Does it hear an output (other people's voices) instead of a microphone?</summary>
    public bool IsMonitor => SinkName is not null;

    /// <summary>The server's number for it, for as long as it is there: what comes back has another.</summary>
    internal uint Index { get; init; }

    /// <summary>Which loudspeaker each channel belongs to, as the server said.</summary>
    internal ChannelMap Map { get; init; }
}
