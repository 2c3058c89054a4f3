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

    /// <summary>Listens to every scene and group; they are made after the plug-ins are loaded.</summary>
    public static void Listen() => LibObs.signal_handler_connect(LibObs.obs_get_signal_handler(), "source_create", Created, 0);

    /// <summary>The program shows a scene now: what is neither in it nor beside it in every scene is off air.</summary>
    public static void LookAtProgram()
    {
        if (!HasProgram) return;
        foreach (var tap in Filters)
            if (tap.Parent is not 0 and var source) tap.SetAway(!IsShown(source));
    }

    private static bool HasProgram => LibObs.Has(nameof(LibObs.obs_frontend_get_current_scene));

    private static IEnumerable<FilterTap> Filters => Plugin.Sender.Taps.OfType<FilterTap>();

    /// <summary>Does any visible item show it, in the program or beside it?</summary>
    private static bool IsShown(nint wanted)
    {
        var scene = LibObs.obs_frontend_get_current_scene();
        var found = Releasing(scene, wanted);
        for (var channel = FirstChannel; channel <= LastChannel && !found; channel++) found = Releasing(LibObs.obs_get_output_source(channel), wanted);
        return found;
    }

    private static bool Releasing(nint source, nint wanted)
    {
        if (source == 0) return false;
        var found = SourceSearch.Shows(source, wanted);
        LibObs.obs_source_release(source);
        return found;
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
            // Another item may show the same source; and one that is made visible may lie in a hidden group.
            if (tap.Parent is not 0 and var wanted && SourceSearch.Holds(source, wanted)) tap.SetHidden(HasProgram ? !IsShown(wanted) : !visible);
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
}
