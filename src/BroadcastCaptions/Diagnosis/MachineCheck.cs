using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using BroadcastCaptions.Events;
using BroadcastCaptions.Platform;
using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Diagnosis;

/// <summary>Is this machine good enough?</summary>
internal static class MachineCheck
{
    /// <summary>Moonshine tiny holds its latency on one core; the second is the game's.</summary>
    private const int GoodCores = 2;

    /// <summary>Says what the machine has.</summary>
    public static ComponentState Look()
    {
        var detail = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} cores, {Instructions()}.";
        return Environment.ProcessorCount >= GoodCores
            ? new ComponentState("machine", Health.Ok, detail)
            : new ComponentState("machine", Health.Degraded, detail, "One core may fall behind speech beside a game; use moonshine-tiny.");
    }

    /// <summary>The processor by name, as far as the system tells it, and what decides its speed.</summary>
    public static string Processor()
    {
        const string CpuInfo = "/proc/cpuinfo";
        var name = OperatingSystem.IsLinux() && File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return $"{name ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {Instructions()}";
    }

    /// <summary>The instruction sets that decide the speed of int8 inference.</summary>
    public static string Instructions()
    {
        var names = new List<string>();
        if (X86Features.Avx2) names.Add("AVX2");
        if (X86Features.Avx512) names.Add("AVX-512");
        if (Vnni.IsSupported) names.Add("VNNI");
        if (AdvSimd.IsSupported) names.Add("NEON");
        if (Dp.IsSupported) names.Add("DotProd");
        return names.Count > 0 ? string.Join(", ", names) : "no vector instructions that help";
    }
}
