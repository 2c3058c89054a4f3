using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BroadcastCaptions.ObsPlugin.Manifest;
using BroadcastCaptions.ObsPlugin.Native;

namespace BroadcastCaptions.ObsPlugin.Sources;

/// <summary>
/// What libobs calls of the track tap: an input without picture and sound of its own, so that it lives in OBS's lists, is saved with the scenes,
/// and several can be made.
/// </summary>
internal static unsafe class TrackCallbacks
{
    private const string Kind = "track";

    private static nint s_name;

    /// <summary>Tells libobs that there is such an input.</summary>
    public static void Register()
    {
        var (id, name) = PluginManifest.Bundled.Kinds[Kind];
        s_name = Utf8.Forever(name);
        var info = new SourceInfo
        {
            Id = Utf8.Forever(id),
            Type = SourceInfo.Input,
            OutputFlags = SourceInfo.DoNotDuplicate,
            GetName = (nint)(delegate* unmanaged[Cdecl]<nint, nint>)&GetName,
            Create = (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint>)&Create,
            Destroy = (nint)(delegate* unmanaged[Cdecl]<nint, void>)&Destroy,
            GetDefaults = (nint)(delegate* unmanaged[Cdecl]<nint, void>)&GetDefaults,
            GetProperties = (nint)(delegate* unmanaged[Cdecl]<nint, nint>)&GetProperties,
            Update = (nint)(delegate* unmanaged[Cdecl]<nint, nint, void>)&Update,
        };
        LibObs.obs_register_source_s((nint)(&info), SourceInfo.Size);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint GetName(nint typeData) => s_name;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Create(nint settings, nint source) => Fence.Get(() =>
    {
        var tap = new TrackTap(SettingsReader.Read(settings));
        Plugin.Sender.Add(tap);
        return tap.Data;
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(nint data) => Fence.Run(() =>
    {
        var tap = TrackTap.Of(data);
        tap.Detach();
        Plugin.Sender.Remove(tap);
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void GetDefaults(nint settings) => Fence.Run(() => SettingsReader.SetDefaults(settings));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint GetProperties(nint data) => Fence.Get(() => PropertiesUi.Build(Kind, data == 0 ? null : TrackTap.Of(data)));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Update(nint data, nint settings) => Fence.Run(() => TrackTap.Of(data).Update(SettingsReader.Read(settings)));
}
