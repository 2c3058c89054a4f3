using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>A child process that prints one document.</summary>
internal static class Child
{
    /// <summary>The last line that it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> OutputAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string?>? environment = null)
    {
        await using var process = await GuardedProcess.StartAsync(command, environment);
        var code = await process.Exited;
        var last = "";
        while (process.Output.TryRead(out var line)) last = line;
        if (code == 0) return last;
        var errors = new List<string>();
        while (process.Errors.TryRead(out var line)) errors.Add(line);
        throw new InvalidOperationException($"{command[0]} ended with {code}: {string.Join('\n', errors)}");
    }
}
