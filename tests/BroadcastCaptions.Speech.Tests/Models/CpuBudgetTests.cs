using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Speech.Tests.Models;

public sealed class CpuBudgetTests
{
    [Theory]
    [InlineData(null, null, 1)]
    [InlineData(null, 3, 3)]
    [InlineData(2.0, null, 2)]
    [InlineData(2.5, 4, 2)]
    [InlineData(4.0, 2, 2)]
    [InlineData(0.5, 4, 1)]
    [InlineData(32.0, null, 4)] // more threads gain nothing
    public void Cores_cap_the_threads(double? cpu, int? threads, int expected) =>
        Assert.Equal(expected, CpuBudget.Of(new ModelOptions { Cpu = cpu, Threads = threads }).Threads);

    [Fact]
    public void Less_than_a_core_is_less_of_the_loops_time()
    {
        Assert.Equal(CpuBudget.Default.Share, CpuBudget.Of(new ModelOptions { Cpu = 2 }).Share);
        Assert.Equal(CpuBudget.Default.Share / 4, CpuBudget.Of(new ModelOptions { Cpu = 0.25 }).Share, 6);
    }
}
