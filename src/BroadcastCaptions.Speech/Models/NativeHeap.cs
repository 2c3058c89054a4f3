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

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint pad);
}
