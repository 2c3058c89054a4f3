using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.Tests.Terminal;

/// <summary>Started as old scripts start daemons: with standard streams that are closed, not empty.</summary>
public sealed class StandardStreamsTests
{
    [Theory]
    [InlineData(">&-")]
    [InlineData("2>&-")]
    [InlineData(">&- 2>&-")]
    [InlineData("<&- >&- 2>&-")]
    public async Task What_nobody_listens_to_is_left_out_and_nothing_else(string closed)
    {
        Assert.Equal(0, await RunAsync(closed, "models", "list", "--json"));
        Assert.Equal(2, await RunAsync(closed, "nonsense"));
    }

    private static async Task<int> RunAsync(string closed, params string[] arguments)
    {
        using var home = new TemporaryFolder();
        await using var program = await GuardedProcess.StartAsync(
            ["bash", "-c", $"\"$@\" {closed}", "bash", .. CaptionsProgram.CommandOf(CaptionsProgram.Tested), .. arguments], new Dictionary<string, string?> { ["HOME"] = home.Path });
        return await program.Exited;
    }
}
