namespace BroadcastCaptions.Bench.Memory;

/// <summary>A process's memory at one moment, in bytes.</summary>
/// <param name="Resident">In RAM now.</param>
/// <param name="Peak">The most that ever was.</param>
/// <param name="Files">Of what is in RAM: pages of files, which other programs share and the kernel may drop.</param>
internal readonly record struct MemorySample(long Resident, long Peak, long Files)
{
    /// <summary>Reads it from the kernel.</summary>
    public static MemorySample Of(int process)
    {
        var status = File.ReadAllLines($"/proc/{process}/status");
        long Bytes(string name) => long.Parse(status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
        return new MemorySample(Bytes("VmRSS:"), Bytes("VmHWM:"), Bytes("RssFile:"));
    }

    /// <summary>Bytes a second by least squares.</summary>
    public static double Slope(IReadOnlyList<MemorySample> samples, TimeSpan every)
    {
        if (samples.Count < 2) return 0;
        var middle = (samples.Count - 1) / 2.0;
        var mean = samples.Average(sample => (double)sample.Resident);
        var along = samples.Select((sample, i) => (i - middle) * (sample.Resident - mean)).Sum();
        var spread = samples.Select((_, i) => (i - middle) * (i - middle)).Sum();
        return along / spread / every.TotalSeconds;
    }
}
