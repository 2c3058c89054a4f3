using BroadcastCaptions.Platform;

namespace BroadcastCaptions.Core.Tests;

public sealed class X86FeaturesTests
{
    /// <summary>What is asked of the processor is what the system has found there.</summary>
    [Fact]
    public void They_are_those_that_the_system_names()
    {
        if (!OperatingSystem.IsLinux() || !System.Runtime.Intrinsics.X86.X86Base.IsSupported) return; // the others do not say
        var flags = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("flags", StringComparison.Ordinal)).Split(' ');

        Assert.Equal(flags.Contains("avx2"), X86Features.Avx2);
        Assert.Equal(flags.Contains("avx512f"), X86Features.Avx512);
        Assert.Equal(flags.Contains("avx512_vnni"), X86Features.Avx512Vnni);
        Assert.Equal(flags.Contains("avx_vnni"), X86Features.AvxVnni);
    }
}
