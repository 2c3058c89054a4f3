using System.Runtime.InteropServices;
using BroadcastCaptions.Audio.Devices;

namespace BroadcastCaptions.Audio.Wasapi.Native;

/// <summary>
/// A COM object by its table of methods: calls allocate nothing, which .NET's wrappers do not promise. Slots 0 to 2 are IUnknown's; an
/// interface's own begin at 3.
/// </summary>
internal abstract unsafe class ComObject(nint self) : IDisposable
{
    private const int ReleaseSlot = 2;

    /// <summary>What every method takes first.</summary>
    protected nint Self { get; private set; } = self;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Self == 0) return;
        ((delegate* unmanaged[Stdcall]<nint, uint>)Method(ReleaseSlot))(Self);
        Self = 0;
    }

    /// <summary>The method in a slot of the table.</summary>
    protected void* Method(int slot) => (*(void***)Self)[slot];

    /// <summary>Did it go well?</summary>
    /// <exception cref="DeviceException">It did not.</exception>
    internal static void Check(int result, string what)
    {
        if (result < 0) throw WasapiFailure.Of(result, what);
    }

    /// <summary>A text that we have to free.</summary>
    protected static string Take(char* text)
    {
        var copy = new string(text);
        Marshal.FreeCoTaskMem((nint)text);
        return copy;
    }
}
