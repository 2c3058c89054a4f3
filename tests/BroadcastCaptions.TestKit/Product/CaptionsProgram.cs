using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.TestKit.Product;

/// <summary>The product as its users run it: the built program, as a process.</summary>
public static class CaptionsProgram
{
    private static string Program { get; } = Environment.GetEnvironmentVariable("CAPTIONS_PROGRAM") is { Length: > 0 } set
        ? set
        : Path.Combine(Places.Repository, "src", "BroadcastCaptions", "bin", BuildConfiguration, "net10.0", "captions.dll");

    /// <summary>This machine's cache folder: models lie below it, and tests share them instead of fetching them anew.</summary>
    private static string ModelCache { get; } = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set
        ? set
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");

    /// <summary>Where this machine's models lie, a folder each.</summary>
    public static string ModelFolder { get; } = Path.Combine(ModelCache, "broadcast-captions", "models");

    private static string BuildConfiguration => AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    /// <summary>
    /// Starts it. Its configuration and state lie in the home that the environment names; the models are this machine's own.
    /// </summary>
    /// <param name="environment">HOME at least, and what else the user lives with: an OBS, a sound server.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<CaptionsProcess> StartAsync(IReadOnlyDictionary<string, string?> environment, params IReadOnlyList<string> arguments)
    {
        var all = new Dictionary<string, string?>
        {
            ["CAPTIONS_HOME"] = null,
            ["XDG_CONFIG_HOME"] = null,
            ["XDG_STATE_HOME"] = null,
            ["XDG_CACHE_HOME"] = ModelCache,
            ["NO_COLOR"] = "1",
        };
        foreach (var (name, value) in environment) all[name] = value;
        IReadOnlyList<string> program = Program.EndsWith(".dll", StringComparison.Ordinal) ? [Host(), Program] : [Program];
        return new CaptionsProcess(await GuardedProcess.StartAsync([.. program, .. arguments], all), arguments);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<CaptionsResult> RunAsync(IReadOnlyDictionary<string, string?> environment, params IReadOnlyList<string> arguments)
    {
        await using var process = await StartAsync(environment, arguments);
        return await process.ResultAsync();
    }

    private static string Host() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
}
