namespace BroadcastCaptions.Obs.Plugin;

/// <summary>The plug-in's files within one OBS's folder of plug-ins: by the names that plugin-manifest/ declares, where facts of each platform put them.</summary>
/// <param name="Root">The folder that is ours alone, and goes when the plug-in is removed.</param>
/// <param name="Library">The native library.</param>
/// <param name="Command">How the plug-in starts the captioner: program and arguments, one a line.</param>
internal sealed record PluginFiles(string Root, string Library, string Command)
{
    /// <summary>Name of the plug-in's files and folders; the manifest's id.</summary>
    public const string Name = "broadcast-captions";

    private const string CommandFile = "captioner.txt";

    /// <summary>The library's file name on this platform.</summary>
    public static string LibraryName { get; } = OperatingSystem.IsWindows() ? $"{Name}.dll" : OperatingSystem.IsMacOS() ? Name : $"{Name}.so";

    /// <summary>Where an OBS looks that keeps its configuration in a folder.</summary>
    public static PluginFiles In(string configuration)
    {
        if (OperatingSystem.IsWindows())
        {
            var shared = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "obs-studio", "plugins", Name);
            return new PluginFiles(shared, Path.Combine(shared, "bin", "64bit", LibraryName), Path.Combine(shared, "data", CommandFile));
        }

        if (OperatingSystem.IsMacOS())
        {
            var bundle = Path.Combine(configuration, "plugins", $"{Name}.plugin");
            return new PluginFiles(bundle, Path.Combine(bundle, "Contents", "MacOS", LibraryName), Path.Combine(bundle, "Contents", "Resources", CommandFile));
        }

        var root = Path.Combine(configuration, "plugins", Name);
        return new PluginFiles(root, Path.Combine(root, "bin", "64bit", LibraryName), Path.Combine(root, "data", CommandFile));
    }
}
