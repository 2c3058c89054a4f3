using System.Runtime.InteropServices;

namespace BroadcastCaptions.Audio.Wasapi.Native;

/// <summary>What makes COM objects.</summary>
internal static unsafe partial class Ole32
{
    private const string Library = "ole32";

    /// <summary>Lets every thread without an apartment use COM objects, for as long as the process lives.</summary>
    [LibraryImport(Library, EntryPoint = "CoIncrementMTAUsage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static partial int KeepApartment(out nint cookie);

    [LibraryImport(Library, EntryPoint = "CoCreateInstance")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static partial int Create(in Guid what, nint outer, uint context, in Guid asWhat, out nint made);

    [LibraryImport(Library, EntryPoint = "PropVariantClear")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static partial int Clear(PropertyValue* value);
}
