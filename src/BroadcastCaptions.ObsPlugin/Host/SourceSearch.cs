using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BroadcastCaptions.ObsPlugin.Native;

namespace BroadcastCaptions.ObsPlugin.Host;

/// <summary>Looks for a source in what libobs nests: scenes, groups, transitions.</summary>
internal static unsafe class SourceSearch
{
    private static nint Child => (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, void>)&OnChild;

    private static nint ShownChild => (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, void>)&OnShownChild;

    private static nint Item => (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, byte>)&OnItem;

    /// <summary>Is it that source, or does it hold it, however deep, visible or not?</summary>
    public static bool Holds(nint source, nint wanted)
    {
        var search = new Search { Wanted = wanted, Found = source == wanted };
        if (!search.Found) LibObs.obs_source_enum_full_tree(source, Child, (nint)(&search));
        return search.Found;
    }

    /// <summary>
    /// Is it that source, or does it show it, however deep, by items that are all visible? As the user set them: libobs calls an item active until its mixer
    /// comes to the moment at which it was hidden.
    /// </summary>
    public static bool Shows(nint source, nint wanted)
    {
        var search = new Search { Wanted = wanted, Found = source == wanted };
        if (search.Found) return true;
        var scene = LibObs.obs_scene_from_source(source);
        if (scene == 0) scene = LibObs.obs_group_from_source(source);
        if (scene != 0) LibObs.obs_scene_enum_items(scene, Item, (nint)(&search));
        else LibObs.obs_source_enum_active_sources(source, ShownChild, (nint)(&search));
        return search.Found;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnChild(nint parent, nint child, nint parameter)
    {
        var search = (Search*)parameter;
        if (child == search->Wanted) search->Found = true;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnShownChild(nint parent, nint child, nint parameter)
    {
        var search = (Search*)parameter;
        if (!search->Found) search->Found = Shows(child, search->Wanted);
    }

    // False ends the enumeration.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte OnItem(nint scene, nint item, nint parameter)
    {
        var search = (Search*)parameter;
        if (LibObs.obs_sceneitem_visible(item) != 0) search->Found = Shows(LibObs.obs_sceneitem_get_source(item), search->Wanted);
        return search->Found ? (byte)0 : (byte)1;
    }

    private struct Search
    {
        public nint Wanted;
        public bool Found;
    }
}
