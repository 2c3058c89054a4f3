using System.Runtime.InteropServices;

namespace BroadcastCaptions.Speech.Models;

/// <summary>The C library's heap, in which ONNX Runtime keeps models and intermediate results.</summary>
public static partial class NativeHeap
{
    /// <summary>
    /// Bytes from which on a piece lies apart while a model is loaded: a weight, whose neighbours are thrown away once they were
    /// read, leaves no gap then.
    /// </summary>
    private const int ApartWhenLoading = 16 * 1024;

    /// <summary>
    /// Bytes from which on a piece lies apart while models work. By itself the C library goes up to 32 MB and keeps the gaps. The system
    /// clears each piece that lies apart. Live with tiny on a file, without OBS: 16 KB 170 … 183 MiB, 256 KB 173 … 194, 1 MB 177 … 203, without
    /// any of this 178 … 228 (40 s, one run each); processor time against without, side by side: 512 KB 7 % more (two pairs), 16 KB some 24 %.
    /// </summary>
    private const int ApartWhenWorking = 512 * 1024;

    /// <summary>Bytes at the heap's end that are kept for the next piece; the C library would keep twice the largest piece.</summary>
    private const int KeptAtEnd = 2 * 1024 * 1024;

    private static readonly Lock Gate = new();
    private static bool s_keepsLittle;
    private static int s_loading;

    private enum Option
    {
        TrimThreshold = -1, // M_TRIM_THRESHOLD
        MmapThreshold = -3, // M_MMAP_THRESHOLD
    }

    /// <summary>
    /// Gives memory that was freed back to the system, where the C library would keep it (glibc): reading a model takes several
    /// times its size for a moment. Takes some milliseconds; nothing happens on other systems.
    /// </summary>
    public static void Trim() => OnGlibc(() => MallocTrim(0));

    /// <summary>
    /// Keeps little of what is freed, from now on (glibc): it would keep the more, the larger the pieces were. For programs that work
    /// for hours on pieces of many sizes; a library leaves that to its program.
    /// </summary>
    public static void KeepLittle()
    {
        lock (Gate) s_keepsLittle = true;
        Set(Option.TrimThreshold, KeptAtEnd);
        Set(Option.MmapThreshold, ApartWhenWorking);
    }

    /// <summary>Loads a model so that what is thrown away meanwhile leaves no gaps, where <see cref="KeepLittle"/> was asked for.</summary>
    /// <param name="load">Loads it.</param>
    internal static T WhileLoading<T>(Func<T> load)
    {
        Count(1);
        try
        {
            return load();
        }
        finally
        {
            Count(-1);
        }
    }

    private static void Count(int change)
    {
        lock (Gate)
        {
            s_loading += change;
            if (s_keepsLittle) Set(Option.MmapThreshold, s_loading > 0 ? ApartWhenLoading : ApartWhenWorking);
        }
    }

    private static void Set(Option option, int value) => OnGlibc(() => MallocOption((int)option, value));

    private static void OnGlibc(Func<int> call)
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = call();
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library (musl), which gives memory back by itself.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int MallocOption(int option, int value);

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint pad);
}
