namespace BroadcastCaptions.Metrics;

/// <summary>What this process takes of the machine. Asked about once a second, by one thread.</summary>
/// <param name="time">By whose clock.</param>
/// <param name="processor">Processor time that the process has used; null: this process's.</param>
internal sealed class ProcessGauge(TimeProvider time, Func<TimeSpan>? processor = null)
{
    /// <summary>Seconds below which there is nothing to tell: the system counts processor time in steps of some milliseconds.</summary>
    private const double Shortest = 0.1;

    private readonly Func<TimeSpan> _processor = processor ?? (() => Environment.CpuUsage.TotalTime);
    private long _at = time.GetTimestamp();
    private TimeSpan _used = (processor ?? (() => Environment.CpuUsage.TotalTime))();
    private double _computed;
    private (double Cores, double Recognising) _last;

    /// <summary>Cores in use since the last call, and the share of that time in which the recogniser was at work; as before where hardly any time has passed.</summary>
    /// <param name="computed">Seconds spent recognising since the beginning.</param>
    public (double Cores, double Recognising) Next(double computed)
    {
        var (at, used) = (time.GetTimestamp(), _processor());
        var seconds = time.GetElapsedTime(_at, at).TotalSeconds;
        if (seconds < Shortest) return _last;
        _last = ((used - _used).TotalSeconds / seconds, (computed - _computed) / seconds);
        (_at, _used, _computed) = (at, used, computed);
        return _last;
    }
}
