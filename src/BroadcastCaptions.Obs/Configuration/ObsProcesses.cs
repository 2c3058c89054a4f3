using System.Diagnostics;

namespace BroadcastCaptions.Obs.Configuration;

/// <summary>Finds a running OBS.</summary>
internal static class ObsProcesses
{
    private static readonly string[] Names = ["obs", "obs64", "obs32", "OBS"];

    /// <summary>Does an OBS run that uses this configuration folder? Where the system does not tell, any OBS counts.</summary>
    public static bool IsRunning(string folder)
    {
        var running = false;
        foreach (var process in Names.SelectMany(Process.GetProcessesByName))
            using (process) running |= !OperatingSystem.IsLinux() || Uses(process.Id, folder);
        return running;
    }

    /// <summary>Ids of the OBSs that use this configuration folder. Linux.</summary>
    public static IReadOnlyList<int> Using(string folder)
    {
        var ids = new List<int>();
        foreach (var process in Names.SelectMany(Process.GetProcessesByName))
            using (process)
                if (Uses(process.Id, folder)) ids.Add(process.Id);
        return ids;
    }

    /// <summary>Was every OBS that runs started after a moment?</summary>
    public static bool StartedAfter(DateTime moment)
    {
        var all = true;
        foreach (var process in Names.SelectMany(Process.GetProcessesByName))
            using (process) all &= process.StartTime.ToUniversalTime() > moment;
        return all;
    }

    // The environment of another user's process cannot be read: that OBS does not use our user's folder.
    private static bool Uses(int id, string folder)
    {
        if (SafeFile.TryRead($"/proc/{id}/environ") is not { } environment) return false;
        var variables = environment.Split('\0');
        var used = ObsFolders.Linux(Variable(variables, "HOME") ?? "/", Variable(variables, "XDG_CONFIG_HOME"))[0]; // inside Flatpak, too
        return string.Equals(Path.GetFullPath(used), Path.GetFullPath(folder), StringComparison.Ordinal);
    }

    private static string? Variable(string[] variables, string name) =>
        Array.Find(variables, variable => variable.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}
