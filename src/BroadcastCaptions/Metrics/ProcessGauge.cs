namespace BroadcastCaptions.Metrics;

/// <summary>What this process takes of the machine. Asked about once a second, by one thread.</summary>
/// <param name="time">By whose clock.</param>
/// <param name="processor">Processor time that the process has used; null: this process's.</param>
internal sealed class ProcessGauge(TimeProvider time, Func<TimeSpan>? processor = null)
{
    private readonly Func<TimeSpan> _processor = processor ?? (() => Environment.CpuUsage.TotalTime);
    private long _at = time.GetTimestamp();
    private TimeSpan _used = (processor ?? (() => Environment.CpuUsage.TotalTime))();
    private double _computed;

    /// <summary>Cores in use since the last call, and the share of that time in which the recogniser was at work; 0 where no time has passed.</summary>
    /// <param name="computed">Seconds spent recognising since the beginning.</param>
    public (double Cores, double Recognising) Next(double computed)
    {
        var (at, used) = (time.GetTimestamp(), _processor());
        var seconds = time.GetElapsedTime(_at, at).TotalSeconds;
        var (cores, share) = seconds > 0 ? ((used - _used).TotalSeconds / seconds, (computed - _computed) / seconds) : (0, 0);
        (_at, _used, _computed) = (at, used, computed);
        return (cores, share);
    }
}
