using System.ComponentModel;
using System.Runtime.InteropServices;

namespace BroadcastCaptions.ObsPlugin.Native;

/// <summary>
/// Memory of its own pages, back with the system the moment it is freed. glibc takes blocks of a megabyte from the host's heaps as soon as the
/// host has freed one: blocks that come and go then leave tens of MB of unused memory between them. Windows and macOS give such blocks pages by
/// themselves.
/// </summary>
internal static unsafe partial class Pages
{
    private const nuint Alignment = 64; // a cache line

    /// <summary>Zeroed memory that is there already: touching it is no page fault.</summary>
    /// <param name="length">Bytes.</param>
    /// <exception cref="Win32Exception">Linux has none; elsewhere an <see cref="OutOfMemoryException"/>.</exception>
    public static byte* Allocate(int length)
    {
        if (OperatingSystem.IsLinux())
        {
            var pages = Libc.Map(0, (nuint)length, Libc.ReadWrite, Libc.PrivateAnonymousPopulated, -1, 0);
            return pages == Libc.Failed ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : (byte*)pages;
        }

        var memory = NativeMemory.AlignedAlloc((nuint)length, Alignment);
        NativeMemory.Clear(memory, (nuint)length);
        return (byte*)memory;
    }

    /// <summary>Frees what <see cref="Allocate"/> gave.</summary>
    public static void Free(byte* memory, int length)
    {
        if (!OperatingSystem.IsLinux()) NativeMemory.AlignedFree(memory);
        else if (memory is not null) _ = Libc.Unmap((nint)memory, (nuint)length);
    }

    private static partial class Libc
    {
        public const nint Failed = -1;
        public const int ReadWrite = 1 | 2; // PROT_READ, PROT_WRITE
        public const int PrivateAnonymousPopulated = 0x2 | 0x20 | 0x8000; // Linux's MAP_PRIVATE, MAP_ANONYMOUS, MAP_POPULATE, on x64 and arm64

        [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
        public static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

        [LibraryImport("libc", EntryPoint = "munmap")]
        public static partial int Unmap(nint address, nuint length);
    }
}
