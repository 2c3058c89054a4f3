using System.Diagnostics;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>What the other tests rely on when they start and end processes.</summary>
public sealed class GuardTests
{
    [Fact]
    public async Task A_child_ends_with_what_it_said_and_its_code()
    {
        await using var child = await GuardedProcess.StartAsync(["bash", "-c", "echo out; echo err >&2; exit 7"]);
        Assert.Equal(7, await child.Exited);
        Assert.Equal("out", await child.Output.ReadAsync());
        Assert.Equal("err", await child.Errors.ReadAsync());
    }

    [Fact]
    public async Task Ctrl_C_reaches_a_child()
    {
        await using var child = await GuardedProcess.StartAsync(["sleep", "1000"]);
        child.Send(PosixSignalNumber.Interrupt);
        Assert.Equal(130, await child.Exited);
    }

    [Fact]
    public async Task A_disposed_child_is_gone_with_its_own_children()
    {
        var child = await GuardedProcess.StartAsync(["bash", "-c", "sleep 1000 & echo $!; wait"]);
        var grandchild = int.Parse(await child.Output.ReadAsync());
        await child.DisposeAsync();
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(child.Id));
        await Wait.UntilAsync(() => !Directory.Exists($"/proc/{grandchild}"), Wait.Generous, "the grandchild's end");
    }
}
