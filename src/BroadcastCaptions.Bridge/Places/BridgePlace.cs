namespace BroadcastCaptions.Bridge.Places;

/// <summary>Where captioner and plug-ins of one user meet: a Unix domain socket in a folder that nobody else may enter.</summary>
public static class BridgePlace
{
    /// <summary>The variable that names another folder, for tests and for hosts in a sandbox.</summary>
    public const string FolderVariable = "CAPTIONS_BRIDGE";

    private const string Name = "broadcast-captions";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder on this machine, made or not.</summary>
    public static string Folder => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named ? named : FolderOf(
        Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData));

    /// <summary>The socket on this machine.</summary>
    public static string Socket => SocketIn(Folder);

    /// <summary>The socket in a folder.</summary>
    public static string SocketIn(string folder) => Path.Combine(folder, "bridge.sock");

    /// <summary>The session's runtime folder where there is one, else the user's own data folder.</summary>
    internal static string FolderOf(string? runtime, string data) =>
        Path.IsPathRooted(runtime) ? Path.Combine(runtime, Name) : Path.Combine(data, Name, "run");

    /// <summary>Makes the folder with mode 0700, or gives it that mode.</summary>
    /// <exception cref="IOException">It is a link, or a file.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made, or belongs to somebody else.</exception>
    public static void Prepare(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder); // below the user's profile, whose list of access it inherits
            return;
        }

        Directory.CreateDirectory(folder, Private);
        if (new DirectoryInfo(folder).LinkTarget is not null) throw new IOException($"{folder} is a link.");
        File.SetUnixFileMode(folder, Private); // refused to all but the owner
    }
}
