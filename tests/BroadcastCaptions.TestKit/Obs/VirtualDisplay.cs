using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.TestKit.Obs;

/// <summary>An X server without a screen, on a display that it finds free. It stays as it is when its last client leaves: one that comes while it began afresh would be sent away.</summary>
internal sealed class VirtualDisplay : IAsyncDisposable
{
    private readonly GuardedProcess _process;

    private VirtualDisplay(GuardedProcess process, string name) => (_process, Name) = (process, name);

    /// <summary>The display's name, as in <c>:7</c>.</summary>
    public string Name { get; }

    public static async Task<VirtualDisplay> StartAsync()
    {
        var process = await GuardedProcess.StartAsync(["Xvfb", "-displayfd", "1", "-screen", "0", "1280x720x24", "-nolisten", "tcp", "-noreset"]);
        using var limit = new CancellationTokenSource(Wait.Generous);
        return new VirtualDisplay(process, $":{await process.Output.ReadAsync(limit.Token)}");
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
