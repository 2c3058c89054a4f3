using System.Runtime.InteropServices;

namespace BroadcastCaptions.ObsPlugin.Native;

/// <summary>
/// The functions of libobs and of its frontend that are called anywhere but on audio threads (those: <see cref="AudioCalls"/>). Bound by
/// name from the host itself, so that exactly the library that loaded us answers.
/// </summary>
internal static unsafe partial class LibObs
{
    private const string Core = "obs";
    private const string Frontend = "obs-frontend-api";

    /// <summary>Binds the names above to the host. Once, before any call.</summary>
    public static void Bind() => NativeLibrary.SetDllImportResolver(typeof(LibObs).Assembly, (name, _, _) => name is Core or Frontend ? HandleOf(name) : 0);

    /// <summary>The host's library of that name.</summary>
    public static nint HandleOf(string name) => OperatingSystem.IsWindows() ? NativeLibrary.Load(name + ".dll") : NativeLibrary.GetMainProgramHandle();

    /// <summary>Is the name bound? The frontend is not there in hosts without a window.</summary>
    public static bool Has(string function) => NativeLibrary.TryGetExport(HandleOf(Frontend), function, out _);

    /// <summary>Calls a procedure by name. False: there is none.</summary>
    public static bool Call(nint handler, string name, Native.CallData data) => proc_handler_call(handler, name, data.Pointer) != 0;

    [LibraryImport(Core)] internal static partial void obs_register_source_s(nint info, nuint size);

    [LibraryImport(Core)] internal static partial byte* obs_get_version_string();

    [LibraryImport(Core)] internal static partial byte obs_get_audio_info(out AudioInfo info);

    [LibraryImport(Core)] internal static partial byte* obs_get_module_data_path(nint module);

    [LibraryImport(Core)] internal static partial byte* obs_source_get_name(nint source);

    [LibraryImport(Core)] internal static partial nint obs_filter_get_parent(nint filter);

    [LibraryImport(Core)] internal static partial void obs_source_add_audio_capture_callback(nint source, nint callback, nint parameter);

    [LibraryImport(Core)] internal static partial void obs_source_remove_audio_capture_callback(nint source, nint callback, nint parameter);

    [LibraryImport(Core)] internal static partial void obs_add_raw_audio_callback(nuint mix, nint conversion, nint callback, nint parameter);

    [LibraryImport(Core)] internal static partial void obs_remove_raw_audio_callback(nuint mix, nint callback, nint parameter);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nuint obs_hotkey_register_frontend(string name, string description, nint callback, nint data);

    [LibraryImport(Core)] internal static partial nint obs_get_proc_handler();

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte proc_handler_call(nint handler, string name, CallData* data);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void calldata_set_data(CallData* data, string name, void* value, nuint size);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte calldata_get_data(CallData* data, string name, void* value, nuint size);

    [LibraryImport(Core)] internal static partial nint obs_get_signal_handler();

    [LibraryImport(Core)] internal static partial nint obs_source_get_signal_handler(nint source);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void signal_handler_connect(nint handler, string signal, nint callback, nint parameter);

    [LibraryImport(Core)] internal static partial nint obs_scene_from_source(nint source);

    [LibraryImport(Core)] internal static partial nint obs_group_from_source(nint source);

    [LibraryImport(Core)] internal static partial nint obs_scene_get_source(nint scene);

    [LibraryImport(Core)] internal static partial nint obs_sceneitem_get_source(nint item);

    [LibraryImport(Core)] internal static partial byte obs_source_active(nint source);

    [LibraryImport(Core)] internal static partial void obs_source_enum_full_tree(nint source, nint callback, nint parameter);

    [LibraryImport(Core)] internal static partial void obs_source_enum_active_sources(nint source, nint callback, nint parameter);

    [LibraryImport(Core)] internal static partial void obs_scene_enum_items(nint scene, nint callback, nint parameter);

    [LibraryImport(Core)] internal static partial byte obs_sceneitem_visible(nint item);

    [LibraryImport(Core)] internal static partial nint obs_get_output_source(uint channel);

    [LibraryImport(Core)] internal static partial void obs_source_release(nint source);

    [LibraryImport(Core)] internal static partial void bfree(void* memory);

    [LibraryImport(Core)] internal static partial void blog(int level, byte* finished);

    [LibraryImport(Frontend)] internal static partial void obs_frontend_add_event_callback(nint callback, nint parameter);

    [LibraryImport(Frontend)] internal static partial nint obs_frontend_get_current_scene();

    /// <summary>libobs's obs_audio_info.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct AudioInfo
    {
        public uint SamplesPerSecond;
        public int Speakers; // speaker_layout: its values are the numbers of channels
    }

    /// <summary>libobs's calldata.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct CallData
    {
        public byte* Stack;
        public nuint Size;
        public nuint Capacity;
        public byte IsFixed;
    }
}
