namespace BroadcastCaptions.TestKit;

/// <summary>Where things lie beside the running test: the checkout, and what is shared with it.</summary>
public static class Places
{
    /// <summary>The variable that names another place for what is shared.</summary>
    public const string SharedVariable = "CAPTIONS_SHARED";

    /// <summary>The root of the checkout.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The folder shared with the checkout (evaluation set, tools), or null where there is none.</summary>
    public static string? Shared { get; } = FindShared();

    /// <summary>The speech that is kept in the repository.</summary>
    public static string Speech { get; } = Path.Combine(Repository, "tests", "data", "speech");

    /// <summary>A file or folder below <see cref="Shared"/>, or null where it is not there.</summary>
    public static string? InShared(params ReadOnlySpan<string> path)
    {
        if (Shared is null) return null;
        var whole = Path.Combine([Shared, .. path]);
        return Path.Exists(whole) ? whole : null;
    }

    private static string FindRepository()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "BroadcastCaptions.sln"))) return folder;
        throw new InvalidOperationException($"No checkout above {AppContext.BaseDirectory}.");
    }

    private static string? FindShared()
    {
        if (Environment.GetEnvironmentVariable(SharedVariable) is { Length: > 0 } named) return named;
        for (var folder = Path.GetDirectoryName(Repository); folder is not null; folder = Path.GetDirectoryName(folder))
            if (Directory.Exists(Path.Combine(folder, "shared", "eval"))) return Path.Combine(folder, "shared");
        return null;
    }
}
