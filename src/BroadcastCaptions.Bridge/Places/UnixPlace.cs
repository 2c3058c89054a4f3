namespace BroadcastCaptions.Bridge.Places;

/// <summary>A folder that nobody but its user may enter.</summary>
public static class UnixPlace
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The socket in a folder.</summary>
    public static string SocketIn(string folder) => Path.Combine(folder, "bridge.sock");

    /// <summary>The session's runtime folder where there is one, else the user's own data folder.</summary>
    internal static string FolderOf(string? runtime, string data) =>
        Path.IsPathRooted(runtime) ? Path.Combine(runtime, BridgePlace.Name) : Path.Combine(data, BridgePlace.Name, "run");

    /// <summary>Makes the folder with mode 0700, or gives it that mode.</summary>
    /// <exception cref="IOException">It is a link, or a file.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made, or belongs to somebody else.</exception>
    public static void Prepare(string folder)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("Windows has named pipes.");
        Directory.CreateDirectory(folder, Private);
        if (new DirectoryInfo(folder).LinkTarget is not null) throw new IOException($"{folder} is a link.");
        File.SetUnixFileMode(folder, Private); // refused to all but the owner
    }
}
