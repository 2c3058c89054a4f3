using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BroadcastCaptions.ObsPlugin.Native;
using BroadcastCaptions.ObsPlugin.Sources;

namespace BroadcastCaptions.ObsPlugin.Host;

/// <summary>
/// Hears at once that a source goes off air because it, or a scene or group around it, is hidden, or because the program shows another scene. libobs itself
/// calls such a source active until its mixer comes to that moment: up to a second later, for its buffer of sound grows whenever sound comes late, and
/// never shrinks. Nobody hears what is said meanwhile.
/// </summary>
internal static unsafe class Visibility
{
    private const uint FirstChannel = 1, LastChannel = 63; // beside the program, 0: OBS's global devices, and scenes that other plug-ins lay over it

    private static nint Created => (nint)(delegate* unmanaged[Cdecl]<nint, LibObs.CallData*, void>)&OnCreated;

    private static nint ItemVisible => (nint)(delegate* unmanaged[Cdecl]<nint, LibObs.CallData*, void>)&OnItemVisible;

    private static nint Child => (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, void>)&OnChild;

    /// <summary>Listens to every scene and group; they are made after the plug-ins are loaded.</summary>
    public static void Listen() => LibObs.signal_handler_connect(LibObs.obs_get_signal_handler(), "source_create", Created, 0);

    /// <summary>The program shows a scene now: what is neither in it nor beside it in every scene is off air.</summary>
    public static void LookAtProgram()
    {
        if (!LibObs.Has(nameof(LibObs.obs_frontend_get_current_scene))) return;
        var scene = LibObs.obs_frontend_get_current_scene();
        if (scene == 0) return;
        foreach (var tap in Filters)
        {
            var source = tap.Parent;
            if (source == 0) continue; // not attached yet
            tap.SetAway(!Contains(scene, source, activeOnly: true) && !IsBeside(source));
        }

        LibObs.obs_source_release(scene);
    }

    private static IEnumerable<FilterTap> Filters => Plugin.Sender.Taps.OfType<FilterTap>();

    private static bool IsBeside(nint wanted)
    {
        var found = false;
        for (var channel = FirstChannel; channel <= LastChannel && !found; channel++)
        {
            var source = LibObs.obs_get_output_source(channel);
            if (source == 0) continue;
            found = Contains(source, wanted, activeOnly: true);
            LibObs.obs_source_release(source);
        }

        return found;
    }

    /// <summary>Is it that source, or does it hold it, however deep?</summary>
    private static bool Contains(nint source, nint wanted, bool activeOnly)
    {
        if (source == wanted) return true;
        var search = new Search { Wanted = wanted };
        if (activeOnly) LibObs.obs_source_enum_active_tree(source, Child, (nint)(&search));
        else LibObs.obs_source_enum_full_tree(source, Child, (nint)(&search));
        return search.Found;
    }

    private static void ListenTo(nint source)
    {
        if (source != 0 && (LibObs.obs_scene_from_source(source) != 0 || LibObs.obs_group_from_source(source) != 0))
            LibObs.signal_handler_connect(LibObs.obs_source_get_signal_handler(source), "item_visible", ItemVisible, 0);
    }

    private static void Changed(nint scene, nint item, bool visible)
    {
        if (LibObs.obs_source_active(LibObs.obs_scene_get_source(scene)) == 0) return; // nobody but the preview shows it
        var source = LibObs.obs_sceneitem_get_source(item);
        foreach (var tap in Filters)
        {
            if (tap.Parent != 0 && Contains(source, tap.Parent, activeOnly: false)) tap.SetHidden(!visible);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnCreated(nint parameter, LibObs.CallData* data)
    {
        var source = CallData.Get(data, "source");
        Fence.Run(() => ListenTo(source));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnItemVisible(nint parameter, LibObs.CallData* data)
    {
        var (scene, item, visible) = (CallData.Get(data, "scene"), CallData.Get(data, "item"), CallData.IsSet(data, "visible"));
        Fence.Run(() => Changed(scene, item, visible));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnChild(nint parent, nint child, nint parameter)
    {
        var search = (Search*)parameter;
        if (child == search->Wanted) search->Found = true;
    }

    private struct Search
    {
        public nint Wanted;
        public bool Found;
    }
}
