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
    /// Bytes from which on a piece lies apart while models work: the system clears each one, every time. Live with tiny for two minutes (two runs
    /// side by side each): 512 KB 50 … 54 s of processor time and a median of 187 MiB, 2 MB 46 s and 188, 8 MB 39 s and 189, 32 MB 35 … 40 s and
    /// 183 … 187.
    /// </summary>
    private const int ApartWhenWorking = 32 * 1024 * 1024;

    /// <summary>
    /// Bytes at the heap's end that are kept for the next piece, in a show that lasts for hours; the C library would keep twice the largest piece.
    /// As above: 16 MB 35 s and 192 MiB, 64 MB 34 … 36 s and 189 … 193.
    /// </summary>
    private const int KeptAtEnd = 2 * 1024 * 1024;

    /// <summary>
    /// The same where recordings are worked off as fast as possible. 639 s of speech, three runs each: Whisper tiny.en 93 … 96 × real time and at most
    /// 408 MB, left to the C library 73 … 86 × and 418 MB; Moonshine tiny 67 … 69 × and 233 MB, left to it 55 … 65 × and 219 MB.
    /// </summary>
    private const int KeptForRecordings = 512 * 1024 * 1024;

    private static readonly Lock Gate = new();
    private static bool s_isSet;
    private static int s_loading;

    private enum Option
    {
        TrimThreshold = -1, // M_TRIM_THRESHOLD
        MmapThreshold = -3, // M_MMAP_THRESHOLD
        ArenaMax = -8, // M_ARENA_MAX
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
    public static void KeepLittle() => Keep(KeptAtEnd);

    /// <summary>Keeps what is freed for the next piece, from now on (glibc): for programs that do nothing else, and end when they are done.</summary>
    public static void KeepMuch() => Keep(KeptForRecordings);

    /// <summary>Loads a model so that what is thrown away meanwhile leaves no gaps, where the program said how much is to be kept.</summary>
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

    private static void Keep(int atEnd)
    {
        lock (Gate) s_isSet = true;
        Set(Option.ArenaMax, 1); // a heap for each thread keeps gaps for each: an hour with Whisper tiny.en 342 MB at most, 322 … 326 with one
        Set(Option.TrimThreshold, atEnd);
        Set(Option.MmapThreshold, ApartWhenWorking);
    }

    private static void Count(int change)
    {
        lock (Gate)
        {
            s_loading += change;
            if (s_isSet) Set(Option.MmapThreshold, s_loading > 0 ? ApartWhenLoading : ApartWhenWorking);
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
