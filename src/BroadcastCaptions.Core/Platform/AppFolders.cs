namespace BroadcastCaptions.Platform;

/// <summary>
/// The folders of this product by each platform's convention (XDG Base Directory; Windows Known Folders; macOS Library).
/// CAPTIONS_HOME, when set, holds all three, for portable use and tests.
/// </summary>
public static class AppFolders
{
    private const string Name = "broadcast-captions";

    /// <summary>Where captions.json lies.</summary>
    public static string Configuration => Resolve("config", "XDG_CONFIG_HOME", ".config", Environment.SpecialFolder.ApplicationData, "Preferences");

    /// <summary>Where downloaded models lie; may be deleted at any time.</summary>
    public static string Cache => Resolve("cache", "XDG_CACHE_HOME", ".cache", Environment.SpecialFolder.LocalApplicationData, "Caches");

    /// <summary>Where logs and remembered measurements lie.</summary>
    public static string State => Resolve("state", "XDG_STATE_HOME", ".local/state", Environment.SpecialFolder.LocalApplicationData, "Application Support");

    private static string Resolve(string kind, string variable, string fallback, Environment.SpecialFolder windows, string mac)
    {
        if (Environment.GetEnvironmentVariable("CAPTIONS_HOME") is { Length: > 0 } all) return Path.Combine(all, kind);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        if (!Path.IsPathRooted(home)) home = Path.GetTempPath(); // no HOME: never the folder that somebody happens to stand in
        if (OperatingSystem.IsWindows()) return Path.Combine(Environment.GetFolderPath(windows), Name, kind);
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", mac, Name);
        var root = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set && Path.IsPathRooted(set)
            ? set
            : Path.Combine(home, fallback);
        return Path.Combine(root, Name);
    }
}
