using System.Runtime.InteropServices;

namespace BroadcastCaptions.Speech.Models;

/// <summary>The C library's heap, in which ONNX Runtime keeps models and intermediate results.</summary>
public static partial class NativeHeap
{
    /// <summary>
    /// Gives memory that was freed back to the system, where the C library would keep it (glibc): reading a model takes several
    /// times its size for a moment. Takes some milliseconds; nothing happens on other systems.
    /// </summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = MallocTrim(0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library (musl), which gives memory back by itself.
        }
    }

    /// <summary>
    /// Keeps little of what is freed, from now on (glibc): it would keep the more, the larger the pieces were. For programs that work
    /// for hours on pieces of many sizes; a library leaves that to its program.
    /// </summary>
    public static void KeepLittle()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = MallocOption(TrimThreshold, 128 * 1024); // glibc's own first value; what is set by hand no longer grows
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library.
        }
    }

    private const int TrimThreshold = -1; // M_TRIM_THRESHOLD

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int MallocOption(int option, int value);

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint pad);
}
