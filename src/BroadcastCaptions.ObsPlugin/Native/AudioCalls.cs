using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BroadcastCaptions.ObsPlugin.Native;

/// <summary>
/// The questions that are put to libobs on its audio threads: pointers that were looked up at load, because the first call of an import
/// by name would look it up there and then. All of them only read fields and return.
/// </summary>
internal static unsafe class AudioCalls
{
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, float> _volume;
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> _monitoring;
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, uint> _mixers;
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte> _active;
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte> _showing;

    /// <summary>Looks them up.</summary>
    /// <exception cref="EntryPointNotFoundException">This host does not have one.</exception>
    public static void Bind()
    {
        var obs = LibObs.HandleOf("obs");
        _volume = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, float>)NativeLibrary.GetExport(obs, "obs_source_get_volume");
        _monitoring = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)NativeLibrary.GetExport(obs, "obs_source_get_monitoring_type");
        _mixers = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, uint>)NativeLibrary.GetExport(obs, "obs_source_get_audio_mixers");
        _active = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte>)NativeLibrary.GetExport(obs, "obs_source_active");
        _showing = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte>)NativeLibrary.GetExport(obs, "obs_source_showing");
    }

    /// <summary>What OBS says of a source at this moment.</summary>
    /// <param name="source">The source; alive.</param>
    /// <param name="muted">Muted for the block at hand, as the audio callback says: by hand, push-to-talk or push-to-mute.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Taps.AirState StateOf(nint source, bool muted) => new(
        muted, _volume(source), _monitoring(source), _mixers(source), _active(source) != 0, _showing(source) != 0);
}
