using System.Diagnostics;

namespace BroadcastCaptions.TestKit;

/// <summary>The files that the repository keeps.</summary>
public static class TrackedFiles
{
    /// <summary>Paths from the root, with slashes: committed files and new ones that git does not ignore.</summary>
    public static IReadOnlyList<string> All { get; } = List();

    /// <summary>The text of one of them.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Places.Repository, path));

    private static string[] List()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Places.Repository,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var files = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode != 0) throw new InvalidOperationException("git does not list the repository's files.");
        return [.. files.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(path => File.Exists(Path.Combine(Places.Repository, path)))];
    }
}
