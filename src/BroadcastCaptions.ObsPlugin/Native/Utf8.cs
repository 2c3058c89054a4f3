using System.Runtime.InteropServices;
using System.Text;

namespace BroadcastCaptions.ObsPlugin.Native;

/// <summary>Texts on the border to the host.</summary>
internal static unsafe class Utf8
{
    /// <summary>A text that lives as long as the process: names that the host keeps pointers to.</summary>
    public static nint Forever(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var memory = (byte*)NativeMemory.AllocZeroed((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(memory, length));
        return (nint)memory;
    }

    /// <summary>The host's text; empty for null.</summary>
    public static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    /// <summary>The host's bytes, without a copy; empty for null.</summary>
    public static ReadOnlySpan<byte> Bytes(byte* text) => text is null ? default : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);
}
