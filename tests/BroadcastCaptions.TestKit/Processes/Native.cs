using System.Runtime.InteropServices;

namespace BroadcastCaptions.TestKit.Processes;

/// <summary>Signals that tests send, by their number.</summary>
public enum PosixSignalNumber
{
    /// <summary>Ctrl-C.</summary>
    Interrupt = 2,

    /// <summary>The end, with no chance to clean up.</summary>
    Kill = 9,

    /// <summary>The polite end.</summary>
    Terminate = 15,

    /// <summary>Go on after <see cref="Stop"/>.</summary>
    Continue = 18,

    /// <summary>Freeze.</summary>
    Stop = 19,
}

/// <summary>What .NET does not offer of POSIX.</summary>
internal static partial class Native
{
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Kill(int process, int signal);
}
