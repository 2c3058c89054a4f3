using BroadcastCaptions.Session;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.Tests.Session;

/// <summary>By the kernel's own account of each thread (Linux). In a process of its own: here workers of the thread pool would give way ever after.</summary>
public sealed class YieldingThreadTests
{
    private const int NiceField = 16; // behind the name in brackets

    [Fact]
    public async Task Recognition_gives_way_and_the_rest_of_the_program_does_not()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var home = new TemporaryFolder();
        await using var captions = await CaptionsProgram.StartAsync(
            new Dictionary<string, string?> { ["HOME"] = home.Path },
            "live", "--tap", $"file:{Path.Combine(Places.Repository, "src", "BroadcastCaptions", "assets", "demo.wav")}", "--no-obs", "--json", "--model", "moonshine-tiny", "--offline");
        await captions.StateAsync("tap", "ok");
        var main = $"/proc/{captions.Id}/task/{captions.Id}";
        await Wait.UntilAsync(() => Directory.GetDirectories($"/proc/{captions.Id}/task").Any(IsLoop), Wait.Generous, "the loop");
        var loop = Assert.Single(Directory.GetDirectories($"/proc/{captions.Id}/task"), IsLoop);
        Assert.Equal((YieldingThread.Niceness, 0), (NiceOf(loop), NiceOf(main)));
    }

    private static bool IsLoop(string thread) => File.ReadAllText(Path.Combine(thread, "comm")).Trim() == "captions-loop";

    private static int NiceOf(string thread)
    {
        var stat = File.ReadAllText(Path.Combine(thread, "stat"));
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[NiceField]);
    }
}
