namespace BroadcastCaptions.Obs.Session;

/// <summary>Waits between attempts: twice as long each time, with jitter, so that many clients do not come at once.</summary>
/// <param name="first">The first wait.</param>
/// <param name="longest">The longest.</param>
/// <param name="random">Gives 0 … 1.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Func<double> random)
{
    private int _attempts;

    /// <summary>The next wait: 80 … 100 % of the doubled one.</summary>
    public TimeSpan Next()
    {
        var full = Math.Min(first.TotalSeconds * Math.Pow(2, _attempts), longest.TotalSeconds);
        if (full < longest.TotalSeconds) _attempts++;
        return TimeSpan.FromSeconds(full * (0.8 + (0.2 * random())));
    }

    /// <summary>Something worked: begin with the first wait again.</summary>
    public void Reset() => _attempts = 0;
}
