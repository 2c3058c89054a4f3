using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BroadcastCaptions.ObsPlugin.Sources;

namespace BroadcastCaptions.ObsPlugin;

/// <summary>The functions that OBS looks for in a module.</summary>
internal static class Module
{
    // OBS refuses modules that were built against a later version than its own: this is the oldest whose structures fit.
    private const uint Version = 28u << 24;

    /// <summary>The module as OBS knows it.</summary>
    public static nint Pointer { get; private set; }

    [UnmanagedCallersOnly(EntryPoint = "obs_module_ver", CallConvs = [typeof(CallConvCdecl)])]
    private static uint Ver() => Version;

    [UnmanagedCallersOnly(EntryPoint = "obs_module_set_pointer", CallConvs = [typeof(CallConvCdecl)])]
    private static void SetPointer(nint module) => Pointer = module;

    [UnmanagedCallersOnly(EntryPoint = "obs_module_load", CallConvs = [typeof(CallConvCdecl)])]
    private static byte Load()
    {
        try
        {
            Plugin.Load(Pointer);
            return 1;
        }
        catch (Exception)
        {
            return 0; // the log itself may be what is missing; OBS says that the module failed
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "obs_module_post_load", CallConvs = [typeof(CallConvCdecl)])]
    private static void PostLoad() => Fence.Run(Plugin.Meet);

    [UnmanagedCallersOnly(EntryPoint = "obs_module_unload", CallConvs = [typeof(CallConvCdecl)])]
    private static void Unload() => Fence.Run(Plugin.Unload);
}
