namespace BroadcastCaptions.Bench.Load;

/// <summary>Processor time of another process.</summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100; // the kernel's USER_HZ, the same on every architecture that .NET runs on
    private const int User = 11, System = 12; // fields behind the name in brackets

    /// <summary>Seconds that all its threads have used since it began.</summary>
    public static double Of(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[User]) + long.Parse(fields[System])) / TicksPerSecond;
    }
}
