using System.Runtime.Intrinsics.X86;

namespace BroadcastCaptions.Bench;

/// <summary>What a time was measured on: times do not travel without it.</summary>
internal static class Machine
{
    /// <summary>Cores, processor and the instruction sets that matter to inference.</summary>
    public static string Describe()
    {
        var sets = string.Join(' ', new[] { (Avx2.IsSupported, "AVX2"), (Avx512F.IsSupported, "AVX-512"), (AvxVnni.IsSupported || HasFlag("avx512_vnni"), "VNNI") }
            .Where(set => set.Item1).Select(set => set.Item2));
        return $"{Environment.ProcessorCount} cores, {Model()}{(sets.Length > 0 ? ", " + sets : "")}";
    }

    private static string Model() => CpuInfo().FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown processor";

    private static bool HasFlag(string flag) => CpuInfo().Any(line => line.StartsWith("flags", StringComparison.Ordinal) && line.Split(' ').Contains(flag));

    private static string[] CpuInfo() => File.Exists("/proc/cpuinfo") ? File.ReadAllLines("/proc/cpuinfo") : [];
}
