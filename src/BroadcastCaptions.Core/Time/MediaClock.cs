namespace BroadcastCaptions.Time;

/// <summary>
/// The one place that maps media time to the world's clocks. Media zero is the moment of construction; taps place their
/// first sample on it and count samples from there. Thread-safe.
/// </summary>
/// <param name="time">The time provider; tests and offline runs inject their own (<see cref="AudioDrivenTime"/>).</param>
public sealed class MediaClock(TimeProvider time)
{
    private readonly long _zero = time.GetTimestamp();
    private readonly DateTimeOffset _zeroWall = time.GetUtcNow();

    /// <summary>The time provider behind this clock.</summary>
    public TimeProvider Provider => time;

    /// <summary>Wall-clock time of media zero.</summary>
    public DateTimeOffset Started => _zeroWall;

    /// <summary>The media time of this moment.</summary>
    public MediaTime Now => new(time.GetElapsedTime(_zero).TotalSeconds);

    /// <summary>The media time of a timestamp taken from <see cref="Provider"/>.</summary>
    public MediaTime At(long timestamp) => new(time.GetElapsedTime(_zero, timestamp).TotalSeconds);

    /// <summary>The wall-clock time of a media time.</summary>
    public DateTimeOffset ToWall(MediaTime at) => _zeroWall.AddSeconds(at.Seconds);
}
