using BroadcastCaptions.Obs.Configuration;

namespace BroadcastCaptions.Obs.Plugin;

/// <summary>What the OBS that runs has to do with a library.</summary>
internal enum LoadState
{
    /// <summary>None runs.</summary>
    NoObs,

    /// <summary>It has loaded this very file.</summary>
    Loaded,

    /// <summary>It has not, or one that was replaced meanwhile.</summary>
    NotLoaded,
}

/// <summary>Finds out whether the OBS that runs has loaded the plug-in.</summary>
internal static class LoadedPlugin
{
    /// <summary>Asks the system. Where it does not tell (not Linux): whether OBS was started after the file was written.</summary>
    public static LoadState In(string folder, string library)
    {
        if (!OperatingSystem.IsLinux())
            return !ObsProcesses.IsRunning(folder) ? LoadState.NoObs : ObsProcesses.StartedAfter(File.GetLastWriteTimeUtc(library)) ? LoadState.Loaded : LoadState.NotLoaded;
        int[] running = [.. ObsProcesses.Using(folder)];
        if (running.Length == 0) return LoadState.NoObs;
        return running.All(id => Maps(id, library)) ? LoadState.Loaded : LoadState.NotLoaded;
    }

    // A file that was replaced stands there as "… (deleted)".
    private static bool Maps(int process, string library) =>
        SafeFile.TryRead($"/proc/{process}/maps") is { } maps && maps.Split('\n').Any(line => line.EndsWith(Path.GetFullPath(library), StringComparison.Ordinal));
}
