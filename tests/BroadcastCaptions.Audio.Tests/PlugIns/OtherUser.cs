using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BroadcastCaptions.Audio.Tests.PlugIns;

/// <summary>Somebody else on this machine: a thread that is another user. On Linux the kernel's call changes the calling thread alone.</summary>
internal static partial class OtherUser
{
    private const int Nobody = 65_534, Same = -1, Root = 0;

    private static readonly nint SetUsers = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 147 : 117; // setresuid

    /// <summary>Are we allowed to?</summary>
    public static bool CanBe => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    /// <summary>Connects as that user, and waits for what comes: how many bytes; 0: it was closed.</summary>
    public static int ReceiveFrom(string socketPath)
    {
        var received = -1;
        var thread = new Thread(() =>
        {
            if (Call(SetUsers, Same, Nobody, Same) != 0) return;
            try
            {
                using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Connect(new UnixDomainSocketEndPoint(socketPath));
                received = socket.Receive(new byte[64]);
            }
            catch (SocketException)
            {
                // Not even let in: received says so.
            }
            finally
            {
                _ = Call(SetUsers, Same, Root, Same);
            }
        });
        thread.Start();
        thread.Join();
        return received;
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Call(nint number, nint real, nint effective, nint saved);
}
