using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio;

/// <summary>
/// A read-only branch of an audio path; it never alters or delays the path it listens to. The tap's own callback only
/// copies into a ring; one consumer thread pulls frames with <see cref="TryRead"/>.
/// A tap outlives its device: a vanished microphone or a restarted sound server is a <see cref="TapStatus"/>, retried
/// until the tap is disposed, and the gap is filled with silence once audio is back.
/// </summary>
public interface IAudioTap : IAsyncDisposable
{
    /// <summary>Who is heard here.</summary>
    AudioSource Source { get; }

    /// <summary>The tap's state and counters; a snapshot, cheap enough to ask for every second. Any thread.</summary>
    TapStatus Status { get; }

    /// <summary>True once the tap has ended for good (a file's end) and every frame was read.</summary>
    bool IsCompleted { get; }

    /// <summary>Starts capture. The first sample is placed on <paramref name="clock"/>; from there samples are counted.</summary>
    /// <exception cref="Failures.CaptionsException">The tap can never work (no such file, not audio, no such device).</exception>
    Task StartAsync(MediaClock clock, CancellationToken cancellation);

    /// <summary>
    /// Takes the next frame if there is one; never blocks, never allocates. The frame is valid until the next call.
    /// Consumer thread only. Frames follow each other without gap or overlap in media time.
    /// </summary>
    bool TryRead(out AudioFrame frame);
}
