using BroadcastCaptions.Events;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Obs.Configuration;

namespace BroadcastCaptions.Obs.Plugin;

/// <summary>Puts our plug-in where this user's OBS looks, says how it stands, takes it away. No administrator, no build.</summary>
/// <param name="bundled">The library that this program carries.</param>
/// <param name="command">How the plug-in is to start the captioner: program and arguments.</param>
/// <param name="folders">Configuration folders of OBS; null for those of this machine.</param>
public sealed class PluginInstaller(string bundled, IReadOnlyList<string> command, IReadOnlyList<string>? folders = null)
{
    private const string Component = "plugin";
    private const string Restart = "Restart OBS.";

    /// <summary>The library's file name on this platform, as the program carries it.</summary>
    public static string LibraryName => PluginFiles.LibraryName;

    /// <summary>Has the OBS that runs loaded it?</summary>
    public bool IsLoaded => Folders.Any(folder => LoadedPlugin.In(folder, PluginFiles.In(folder).Library) == LoadState.Loaded);

    // OBS is there (perhaps twice, as Debian's package and as Flatpak), or will come where its package puts it.
    private IReadOnlyList<string> Folders
    {
        get
        {
            var all = folders ?? ObsFolders.OnThisMachine();
            string[] existing = [.. all.Where(Directory.Exists)];
            return existing.Length > 0 ? existing : [all[0]];
        }
    }

    /// <summary>Installs it, over an older one too.</summary>
    /// <exception cref="CaptionsException">There is nothing to install, or a folder cannot be written.</exception>
    public IReadOnlyList<ComponentState> Install()
    {
        if (!File.Exists(bundled))
        {
            throw new CaptionsException(
                "This build of captions does not carry the OBS plug-in.",
                OperatingSystem.IsLinux()
                    ? "Use a published folder; to build one with it, install clang, lld and zlib1g-dev first."
                    : "Build it on this system ('dotnet publish src/BroadcastCaptions.ObsPlugin -c Release -r win-x64', or osx-arm64), and put it into the folder obs-plugin beside this program.");
        }

        return [.. Folders.Select(Install)];
    }

    /// <summary>Says how it stands; changes nothing.</summary>
    public IReadOnlyList<ComponentState> Status() => [.. Folders.Select(Status)];

    /// <summary>Takes it away, with all that was made for it.</summary>
    /// <exception cref="CaptionsException">A folder cannot be removed.</exception>
    public IReadOnlyList<ComponentState> Remove() => [.. Folders.Select(Remove)];

    private ComponentState Install(string folder)
    {
        var files = PluginFiles.In(folder);
        try
        {
            Replace(files.Library, path => File.Copy(bundled, path));
            Replace(files.Command, path => File.WriteAllLines(path, command));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var remedy = OperatingSystem.IsWindows() ? "Close OBS, then try again." : $"Make {Path.GetDirectoryName(files.Root)} writable for you, then try again.";
            throw new CaptionsException($"The plug-in cannot be put into {files.Root}: {e.Message}", remedy, inner: e);
        }

        var state = Status(folder);
        return state with { Detail = $"Put into {files.Root}. {state.Detail}" };
    }

    private ComponentState Status(string folder)
    {
        var files = PluginFiles.In(folder);
        if (!File.Exists(files.Library))
            return new ComponentState(Component, Health.Waiting, $"Not installed for the OBS of {folder}.", "Run 'captions plugin install'.");
        if (!File.Exists(files.Command) || !File.ReadAllLines(files.Command).SequenceEqual(command))
            return new ComponentState(Component, Health.Degraded, "Installed, but it would start another captioner than this one.", "Run 'captions plugin install' again.");
        if (File.Exists(bundled) && !File.ReadAllBytes(bundled).AsSpan().SequenceEqual(File.ReadAllBytes(files.Library)))
            return new ComponentState(Component, Health.Degraded, "Installed in another version than this one.", "Run 'captions plugin install' again.");
        return LoadedPlugin.In(folder, files.Library) switch
        {
            LoadState.NoObs => new ComponentState(Component, Health.Ok, "Installed; OBS loads it at its next start."),
            LoadState.Loaded => new ComponentState(Component, Health.Ok, "Installed, and loaded by OBS: add the filter \"BroadcastCaptions\" to a source."),
            _ => new ComponentState(Component, Health.Degraded, "Installed, but the OBS that runs has not loaded it, or an older one.", Restart),
        };
    }

    private static ComponentState Remove(string folder)
    {
        var files = PluginFiles.In(folder);
        if (!Directory.Exists(files.Root)) return new ComponentState(Component, Health.Ok, $"There is none for the OBS of {folder}.");
        var loaded = LoadedPlugin.In(folder, files.Library) == LoadState.Loaded;
        try
        {
            Directory.Delete(files.Root, recursive: true);
            var plugins = Path.GetDirectoryName(files.Root)!;
            if (!Directory.EnumerateFileSystemEntries(plugins).Any()) Directory.Delete(plugins);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CaptionsException($"The plug-in cannot be removed from {files.Root}: {e.Message}", "Close OBS, see that the folder is writable for you, and try again.", inner: e);
        }

        return new ComponentState(Component, Health.Ok, $"Removed from {files.Root}.", loaded ? "The OBS that runs keeps it until it is closed." : "");
    }

    // A running OBS has the old file mapped: it is replaced as a whole, never written into.
    private static void Replace(string path, Action<string> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fresh = path + ".new";
        File.Delete(fresh);
        write(fresh);
        File.Move(fresh, path, overwrite: true);
    }
}
