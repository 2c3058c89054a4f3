namespace BroadcastCaptions.Time;

/// <summary>
/// Time that passes only as audio is consumed: for files taken as fast as possible, and for tests. The pipeline's loop
/// advances it; everything that asks for the time sees media time. It begins at the wall clock's time. Timers are not supported.
/// </summary>
public sealed class AudioDrivenTime : TimeProvider
{
    private readonly DateTimeOffset _started = TimeProvider.System.GetUtcNow();
    private long _ticks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _started.AddTicks(GetTimestamp());

    /// <summary>Moves time forward to <paramref name="at"/>; never backward.</summary>
    public void AdvanceTo(MediaTime at)
    {
        var ticks = (long)(at.Seconds * TimeSpan.TicksPerSecond);
        if (ticks > GetTimestamp()) Volatile.Write(ref _ticks, ticks);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("Audio-driven time has no timers.");
}
