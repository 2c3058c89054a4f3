using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace BroadcastCaptions.Audio.Pulse.Native;

/// <summary>
/// The part of libpulse's asynchronous API that we use, as pulse/*.h declares it. Handles are opaque pointers. Every call but
/// those on the main loop itself is made with the main loop's lock held, or from one of its callbacks.
/// </summary>
internal static unsafe partial class LibPulse
{
    /// <summary>The library's name with its ABI version: what Debian's libpulse0 and PipeWire's systems alike have.</summary>
    public const string Library = "libpulse.so.0";

    [LibraryImport(Library, EntryPoint = "pa_threaded_mainloop_new")]
    internal static partial nint MainLoopNew();

    [LibraryImport(Library, EntryPoint = "pa_threaded_mainloop_free")]
    internal static partial void MainLoopFree(nint loop);

    [LibraryImport(Library, EntryPoint = "pa_threaded_mainloop_start")]
    internal static partial int MainLoopStart(nint loop);

    [LibraryImport(Library, EntryPoint = "pa_threaded_mainloop_stop")]
    internal static partial void MainLoopStop(nint loop);

    [LibraryImport(Library, EntryPoint = "pa_threaded_mainloop_lock")]
    internal static partial void MainLoopLock(nint loop);

    [LibraryImport(Library, EntryPoint = "pa_threaded_mainloop_unlock")]
    internal static partial void MainLoopUnlock(nint loop);

    [LibraryImport(Library, EntryPoint = "pa_threaded_mainloop_get_api")]
    internal static partial nint MainLoopApi(nint loop);

    [LibraryImport(Library, EntryPoint = "pa_context_new", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ContextNew(nint api, string name);

    [LibraryImport(Library, EntryPoint = "pa_context_unref")]
    internal static partial void ContextUnref(nint context);

    [LibraryImport(Library, EntryPoint = "pa_context_connect", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ContextConnect(nint context, string? server, uint flags, nint spawnApi);

    [LibraryImport(Library, EntryPoint = "pa_context_disconnect")]
    internal static partial void ContextDisconnect(nint context);

    [LibraryImport(Library, EntryPoint = "pa_context_set_state_callback")]
    internal static partial void ContextOnState(nint context, delegate* unmanaged[Cdecl]<nint, nint, void> callback, nint user);

    [LibraryImport(Library, EntryPoint = "pa_context_get_state")]
    internal static partial ContextState ContextState(nint context);

    [LibraryImport(Library, EntryPoint = "pa_context_errno")]
    internal static partial int ContextError(nint context);

    [LibraryImport(Library, EntryPoint = "pa_context_set_subscribe_callback")]
    internal static partial void ContextOnEvent(nint context, delegate* unmanaged[Cdecl]<nint, uint, uint, nint, void> callback, nint user);

    [LibraryImport(Library, EntryPoint = "pa_context_subscribe")]
    internal static partial nint ContextSubscribe(nint context, uint mask, delegate* unmanaged[Cdecl]<nint, int, nint, void> callback, nint user);

    [LibraryImport(Library, EntryPoint = "pa_context_get_server_info")]
    internal static partial nint GetServerInfo(nint context, delegate* unmanaged[Cdecl]<nint, ServerInfo*, nint, void> callback, nint user);

    [LibraryImport(Library, EntryPoint = "pa_context_get_source_info_list")]
    internal static partial nint GetSources(nint context, delegate* unmanaged[Cdecl]<nint, SourceInfo*, int, nint, void> callback, nint user);

    [LibraryImport(Library, EntryPoint = "pa_context_get_sink_info_list")]
    internal static partial nint GetSinks(nint context, delegate* unmanaged[Cdecl]<nint, SinkInfo*, int, nint, void> callback, nint user);

    [LibraryImport(Library, EntryPoint = "pa_operation_unref")]
    internal static partial void OperationUnref(nint operation);

    [LibraryImport(Library, EntryPoint = "pa_strerror")]
    internal static partial byte* ErrorText(int error);

    [LibraryImport(Library, EntryPoint = "pa_stream_new", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint StreamNew(nint context, string name, SampleSpec* spec, ChannelMap* map);

    [LibraryImport(Library, EntryPoint = "pa_stream_unref")]
    internal static partial void StreamUnref(nint stream);

    [LibraryImport(Library, EntryPoint = "pa_stream_connect_record", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int StreamConnectRecord(nint stream, string device, BufferAttributes* attributes, StreamFlags flags);

    [LibraryImport(Library, EntryPoint = "pa_stream_disconnect")]
    internal static partial int StreamDisconnect(nint stream);

    [LibraryImport(Library, EntryPoint = "pa_stream_get_state")]
    internal static partial StreamState StreamState(nint stream);

    [LibraryImport(Library, EntryPoint = "pa_stream_set_state_callback")]
    internal static partial void StreamOnState(nint stream, delegate* unmanaged[Cdecl]<nint, nint, void> callback, nint user);

    [LibraryImport(Library, EntryPoint = "pa_stream_set_moved_callback")]
    internal static partial void StreamOnMoved(nint stream, delegate* unmanaged[Cdecl]<nint, nint, void> callback, nint user);

    [LibraryImport(Library, EntryPoint = "pa_stream_set_suspended_callback")]
    internal static partial void StreamOnSuspended(nint stream, delegate* unmanaged[Cdecl]<nint, nint, void> callback, nint user);

    [LibraryImport(Library, EntryPoint = "pa_stream_set_read_callback")]
    internal static partial void StreamOnRead(nint stream, delegate* unmanaged[Cdecl]<nint, nuint, nint, void> callback, nint user);

    [LibraryImport(Library, EntryPoint = "pa_stream_is_suspended")]
    internal static partial int StreamIsSuspended(nint stream);

    [LibraryImport(Library, EntryPoint = "pa_stream_readable_size")]
    internal static partial nuint StreamReadable(nint stream);

    [LibraryImport(Library, EntryPoint = "pa_stream_peek")]
    internal static partial int StreamPeek(nint stream, float** data, nuint* bytes);

    [LibraryImport(Library, EntryPoint = "pa_stream_drop")]
    internal static partial int StreamDrop(nint stream);

    [LibraryImport(Library, EntryPoint = "pa_stream_get_latency")]
    internal static partial int StreamLatency(nint stream, ulong* microseconds, int* negative);

    [LibraryImport(Library, EntryPoint = "pa_stream_get_buffer_attr")]
    internal static partial BufferAttributes* StreamBuffer(nint stream);
}
