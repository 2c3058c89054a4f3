using BroadcastCaptions.Bridge.Wires;

namespace BroadcastCaptions.Bridge.Places;

/// <summary>Where captioner and plug-ins of one user meet: on Windows a named pipe, else a Unix domain socket in a folder of the user's own.</summary>
public static class BridgePlace
{
    /// <summary>The variable that names another folder (on Windows, another pipe), for tests and for hosts in a sandbox.</summary>
    public const string Variable = "CAPTIONS_BRIDGE";

    internal const string Name = "broadcast-captions";

    /// <summary>The place on this machine: a path, or the name of a pipe.</summary>
    public static string Ours
    {
        get
        {
            var named = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value ? value : null;
            if (OperatingSystem.IsWindows()) return named ?? PipeOf(Environment.UserName);
            return UnixPlace.SocketIn(named ?? UnixPlace.FolderOf(
                Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)));
        }
    }

    /// <summary>Listens there.</summary>
    /// <exception cref="BridgeTakenException">Another captioner does.</exception>
    /// <exception cref="IOException">The place is no good.</exception>
    /// <exception cref="UnauthorizedAccessException">It is not ours.</exception>
    public static IBridgeListener Listen(string place) => OperatingSystem.IsWindows() ? new NamedPipeListener(place) : new UnixSocketListener(place);

    /// <summary>A connection with the captioner that listens there; null where there is none of our user. Never waits.</summary>
    public static IBridgeWire? TryConnect(string place) => OperatingSystem.IsWindows() ? NamedPipeWire.TryConnect(place) : UnixSocketWire.TryConnect(place);

    internal static string PipeOf(string user) => $"{Name}.{user}";
}
