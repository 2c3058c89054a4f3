using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BroadcastCaptions.ObsPlugin.Native;

/// <summary>
/// The questions that are put to libobs on its audio threads: pointers that were looked up at load, because the first call of an import
/// by name would look it up there and then. All of them only read fields and return.
/// </summary>
internal static unsafe class AudioCalls
{
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, float> s_volume;
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> s_monitoring;
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, uint> s_mixers;
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte> s_active;
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte> s_showing;

    /// <summary>Looks them up.</summary>
    /// <exception cref="EntryPointNotFoundException">This host does not have one.</exception>
    public static void Bind()
    {
        var obs = LibObs.HandleOf("obs");
        s_volume = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, float>)NativeLibrary.GetExport(obs, "obs_source_get_volume");
        s_monitoring = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)NativeLibrary.GetExport(obs, "obs_source_get_monitoring_type");
        s_mixers = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, uint>)NativeLibrary.GetExport(obs, "obs_source_get_audio_mixers");
        s_active = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte>)NativeLibrary.GetExport(obs, "obs_source_active");
        s_showing = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte>)NativeLibrary.GetExport(obs, "obs_source_showing");
    }

    /// <summary>What OBS says of a source at this moment.</summary>
    /// <param name="source">The source; alive.</param>
    /// <param name="muted">Muted for the block at hand, as the audio callback says: by hand, push-to-talk or push-to-mute.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Taps.AirState StateOf(nint source, bool muted) => new(
        muted, s_volume(source), s_monitoring(source), s_mixers(source), s_active(source) != 0, s_showing(source) != 0);
}
