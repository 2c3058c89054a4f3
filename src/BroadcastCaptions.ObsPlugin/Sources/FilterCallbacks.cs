using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BroadcastCaptions.ObsPlugin.Manifest;
using BroadcastCaptions.ObsPlugin.Native;
using BroadcastCaptions.ObsPlugin.Taps;

namespace BroadcastCaptions.ObsPlugin.Sources;

/// <summary>What libobs calls of the filter. No exception crosses.</summary>
internal static unsafe class FilterCallbacks
{
    private const string Kind = "filter";

    private static nint s_name;

    /// <summary>libobs's obs_source_audio_capture_t.</summary>
    public static nint Captured => (nint)(delegate* unmanaged[Cdecl]<nint, nint, AudioData*, byte, void>)&OnCaptured;

    /// <summary>libobs's obs_source_info.filter_audio.</summary>
    public static nint Filtered => (nint)(delegate* unmanaged[Cdecl]<nint, AudioData*, AudioData*>)&FilterAudio;

    /// <summary>Tells libobs that there is such a filter.</summary>
    public static void Register()
    {
        var (id, name) = PluginManifest.Bundled.Kinds[Kind];
        s_name = Utf8.Forever(name);
        var info = new SourceInfo
        {
            Id = Utf8.Forever(id),
            Type = SourceInfo.Filter,
            OutputFlags = SourceInfo.Audio,
            GetName = (nint)(delegate* unmanaged[Cdecl]<nint, nint>)&GetName,
            Create = (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint>)&Create,
            Destroy = (nint)(delegate* unmanaged[Cdecl]<nint, void>)&Destroy,
            GetDefaults = (nint)(delegate* unmanaged[Cdecl]<nint, void>)&GetDefaults,
            GetProperties = (nint)(delegate* unmanaged[Cdecl]<nint, nint>)&GetProperties,
            Update = (nint)(delegate* unmanaged[Cdecl]<nint, nint, void>)&Update,
            FilterAudio = Filtered,
            FilterRemove = (nint)(delegate* unmanaged[Cdecl]<nint, nint, void>)&FilterRemove,
        };
        LibObs.obs_register_source_s((nint)(&info), SourceInfo.Size);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint GetName(nint typeData) => s_name;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Create(nint settings, nint source) => Fence.Get(() =>
    {
        var tap = new FilterTap(source, SettingsReader.Read(settings));
        Plugin.Sender.Add(tap);
        return tap.Data;
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(nint data) => Fence.Run(() =>
    {
        var tap = FilterTap.Of(data);
        tap.Detach();
        Plugin.Sender.Remove(tap);
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void GetDefaults(nint settings) => Fence.Run(() => SettingsReader.SetDefaults(settings));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint GetProperties(nint data) => Fence.Get(() => PropertiesUi.Build(Kind, data == 0 ? null : FilterTap.Of(data)));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Update(nint data, nint settings) => Fence.Run(() => FilterTap.Of(data).Update(SettingsReader.Read(settings)));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void FilterRemove(nint data, nint source) => Fence.Run(() => FilterTap.Of(data).Leave());

    // The two below run on audio threads. Nothing in them can throw.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static AudioData* FilterAudio(nint data, AudioData* audio)
    {
        var tap = FilterTap.Of(data);
        var began = CostMeter.Begin();
        tap.Hear(audio);
        tap.Tap.Cost.End(began);
        return audio;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnCaptured(nint data, nint source, AudioData* audio, byte muted)
    {
        var tap = FilterTap.Of(data);
        var began = CostMeter.Begin();
        tap.Judge(source, muted != 0);
        tap.Tap.Cost.Add(began);
    }
}
