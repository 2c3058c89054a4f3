using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.TestKit.Product;

/// <summary>The product as its users run it: the built program, as a process.</summary>
public static class CaptionsProgram
{
    /// <summary>The program as it was built, for .NET to run: what README's demo starts.</summary>
    public static string Built { get; } = Path.Combine(Places.Repository, "src", "BroadcastCaptions", "bin", BuildConfiguration, "net10.0", "captions.dll");

    /// <summary>The program that is tested: the published one where it is named (<c>tests/run</c> does), else as it was built.</summary>
    public static string Tested { get; } = Environment.GetEnvironmentVariable("CAPTIONS_PROGRAM") is { Length: > 0 } set ? set : Built;

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
    public static Task<CaptionsProcess> StartAsync(IReadOnlyDictionary<string, string?> environment, params IReadOnlyList<string> arguments) =>
        StartAsync(Tested, environment, arguments);

    /// <summary>Starts one of the programs.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="environment">As above.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<CaptionsProcess> StartAsync(string program, IReadOnlyDictionary<string, string?> environment, IReadOnlyList<string> arguments)
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
        return new CaptionsProcess(await GuardedProcess.StartAsync([.. CommandOf(program), .. arguments], all), arguments);
    }

    /// <summary>How one of the programs is started: by .NET, by Wine, or by itself.</summary>
    public static IReadOnlyList<string> CommandOf(string program) =>
        Path.GetExtension(program) switch { ".dll" => [Host(), program], ".exe" => ["wine", program], _ => [program] };

    /// <summary>Runs it to its end.</summary>
    public static async Task<CaptionsResult> RunAsync(IReadOnlyDictionary<string, string?> environment, params IReadOnlyList<string> arguments)
    {
        await using var process = await StartAsync(environment, arguments);
        return await process.ResultAsync();
    }

    private static string Host() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
}
