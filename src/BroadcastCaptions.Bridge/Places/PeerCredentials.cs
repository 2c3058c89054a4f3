using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BroadcastCaptions.Bridge.Places;

/// <summary>Who is at the other end of a Unix domain socket.</summary>
public static partial class PeerCredentials
{
    private const int LinuxSocketLevel = 1;
    private const int LinuxPeerCredentials = 17; // SO_PEERCRED: struct ucred { pid, uid, gid }

    /// <summary>Is it the user that we run as?</summary>
    public static bool IsOurUser(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return UserOf(socket) is { } user && user == Libc.EffectiveUser();
    }

    private static uint? UserOf(Socket socket)
    {
        try
        {
            if (OperatingSystem.IsMacOS()) return Libc.PeerId((int)socket.Handle, out var user, out _) == 0 ? user : null;
            Span<uint> credentials = stackalloc uint[3];
            return socket.GetRawSocketOption(LinuxSocketLevel, LinuxPeerCredentials, MemoryMarshal.AsBytes(credentials)) == 12 ? credentials[1] : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static partial class Libc
    {
        [LibraryImport("libc", EntryPoint = "geteuid")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static partial uint EffectiveUser();

        [LibraryImport("libc", EntryPoint = "getpeereid")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static partial int PeerId(int socket, out uint user, out uint group);
    }
}
