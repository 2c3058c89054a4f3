namespace BroadcastCaptions.Obs.Configuration;

/// <summary>The folders in which OBS may keep its configuration on this machine.</summary>
internal static class ObsFolders
{
    private const string Name = "obs-studio";

    /// <summary>The platforms' places; the first is where a fresh OBS would put it.</summary>
    public static IReadOnlyList<string> OnThisMachine()
    {
        if (OperatingSystem.IsWindows()) return Windows(Folder(Environment.SpecialFolder.ApplicationData));
        var home = Folder(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsMacOS() ? Mac(home) : Linux(home, Environment.GetEnvironmentVariable("XDG_CONFIG_HOME"));
    }

    /// <summary>Debian and other packages, then Flatpak.</summary>
    public static IReadOnlyList<string> Linux(string home, string? configHome) =>
    [
        Path.Combine(Path.IsPathRooted(configHome) ? configHome : Path.Combine(home, ".config"), Name),
        Path.Combine(home, ".var", "app", "com.obsproject.Studio", "config", Name),
    ];

    /// <summary>The roaming profile: <c>%APPDATA%</c>.</summary>
    public static IReadOnlyList<string> Windows(string appData) => [Path.Combine(appData, Name)];

    /// <summary>The user's library.</summary>
    public static IReadOnlyList<string> Mac(string home) => [Path.Combine(home, "Library", "Application Support", Name)];

    private static string Folder(Environment.SpecialFolder folder) => Environment.GetFolderPath(folder);
}
