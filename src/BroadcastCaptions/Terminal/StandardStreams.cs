using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BroadcastCaptions.Terminal;

/// <summary>
/// Standard input, output and error where whoever started us closed them, as old scripts for daemons do. Their places are taken by the next
/// files that are opened, .NET's own first: what is said to people must not go there.
/// </summary>
internal static partial class StandardStreams
{
    private const string Nowhere = "/dev/null";
    private const int Output = 1, Error = 2;
    private const int GetStatusFlags = 3, AccessMode = 3, ReadOnly = 0;

    private static readonly List<SafeFileHandle> Held = [];

    /// <summary>Puts nothing where something is missing; before anything else is opened.</summary>
    public static void Complete()
    {
        if (OperatingSystem.IsWindows()) return;
        Occupy();
        if (!IsWritable(Output)) Console.SetOut(TextWriter.Null);
        if (!IsWritable(Error)) Console.SetError(TextWriter.Null);
    }

    /// <summary>Standard output, as bytes.</summary>
    public static Stream OpenOutput() => OperatingSystem.IsWindows() || IsWritable(Output) ? Console.OpenStandardOutput() : Stream.Null;

    private static void Occupy()
    {
        try
        {
            while (File.OpenHandle(Nowhere, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite) is var handle) // the lowest number that is free
            {
                if (handle.DangerousGetHandle() <= Error)
                {
                    Held.Add(handle);
                    continue;
                }

                handle.Dispose();
                return;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A system without it: nothing is to be done.
        }
    }

    private static bool IsWritable(int descriptor) => Libc.fcntl(descriptor, GetStatusFlags) is >= 0 and var flags && (flags & AccessMode) != ReadOnly;

    private static partial class Libc
    {
        [LibraryImport("libc")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static partial int fcntl(int descriptor, int command);
    }
}
