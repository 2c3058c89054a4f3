using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.ObsPlugin.Manifest;
using BroadcastCaptions.ObsPlugin.Native;
using BroadcastCaptions.ObsPlugin.Sources;

namespace BroadcastCaptions.ObsPlugin.Host;

/// <summary>
/// What programs can ask of us, and hear from us, through obs-websocket: vendor "broadcast-captions", requests on, off, toggle, clear and
/// status, events "block" and "final" with what viewers read.
/// </summary>
internal static unsafe class Vendor
{
    private const string Status = "status", Block = "block", Final = "final";

    private static readonly string[] Requests = [.. MasterCommand.All, Status];

    private static nint s_procedures, s_vendor;

    /// <summary>Registers, where obs-websocket is there. After all modules have loaded.</summary>
    public static void Register()
    {
        using var found = new CallData();
        if (!LibObs.Call(LibObs.obs_get_proc_handler(), "obs_websocket_api_get_ph", found)) return;
        s_procedures = found.Get("ph");
        if (s_procedures == 0) return;
        using var vendor = new CallData();
        vendor.Set("name", Utf8.Forever(PluginManifest.Bundled.Id), isText: true);
        if (!LibObs.Call(s_procedures, "vendor_register", vendor)) return;
        s_vendor = vendor.Get("vendor");
        if (s_vendor == 0) return;
        for (var i = 0; i < Requests.Length; i++) Register(Requests[i], i);
    }

    /// <summary>Tells whoever listens what viewers read. Sender only.</summary>
    public static void Emit(CaptionText caption)
    {
        if (s_vendor == 0) return;
        var data = ObsSettings.obs_data_create();
        ObsSettings.obs_data_set_string(data, "text", Encoding.UTF8.GetString(caption.Text));
        if (caption.Kind == CaptionTextKind.Final) ObsSettings.obs_data_set_string(data, "source", Encoding.UTF8.GetString(caption.Source));
        using var call = new CallData();
        call.Set("vendor", s_vendor);
        call.Set("type", caption.Kind == CaptionTextKind.Final ? FinalText : BlockText, isText: true);
        call.Set("data", data);
        LibObs.Call(s_procedures, "vendor_event_emit", call);
        ObsSettings.obs_data_release(data);
    }

    private static readonly nint BlockText = Utf8.Forever(Block), FinalText = Utf8.Forever(Final);

    private static void Register(string request, int index)
    {
        var callback = (nint*)NativeMemory.Alloc(2, (nuint)sizeof(nint)); // struct { callback, private data }; obs-websocket copies it
        callback[0] = (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, void>)&OnRequest;
        callback[1] = index;
        using var call = new CallData();
        call.Set("vendor", s_vendor);
        call.Set("type", Utf8.Forever(request), isText: true);
        call.Set("callback", (nint)callback);
        LibObs.Call(s_procedures, "vendor_request_register", call);
        NativeMemory.Free(callback);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnRequest(nint request, nint response, nint index) => Fence.Run(() =>
    {
        MasterCommand.Do(Requests[index]);
        ObsSettings.obs_data_set_bool(response, "on", MasterSwitch.IsOn ? (byte)1 : (byte)0);
        if (Requests[index] == Status) StatusReport.Write(response);
    });
}
