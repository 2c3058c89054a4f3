using BroadcastCaptions.Platform;
using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Bench;

/// <summary>What a time was measured on: times do not travel without it.</summary>
internal static class Machine
{
    /// <summary>Cores, processor and the instruction sets that matter to inference.</summary>
    public static string Describe()
    {
        var sets = string.Join(' ', new[] { (X86Features.Avx2, "AVX2"), (X86Features.Avx512, "AVX-512"), (Vnni.IsSupported, "VNNI") }
            .Where(set => set.Item1).Select(set => set.Item2));
        return $"{Environment.ProcessorCount} cores, {Model()}{(sets.Length > 0 ? ", " + sets : "")}";
    }

    private static string Model() => CpuInfo().FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown processor";

    private static string[] CpuInfo() => File.Exists("/proc/cpuinfo") ? File.ReadAllLines("/proc/cpuinfo") : [];
}
