using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BroadcastCaptions.ObsPlugin.Native;

namespace BroadcastCaptions.ObsPlugin.Host;

/// <summary>OBS's window: does a stream go out, which scene is the program, and is OBS about to end? Not there in every host.</summary>
internal static unsafe class Frontend
{
    private const int StreamingStarting = 0, StreamingStopped = 3, SceneChanged = 8, TransitionStopped = 11, Exit = 17;

    private static volatile bool s_streaming;

    /// <summary>Does a stream go out?</summary>
    public static bool IsStreaming => s_streaming;

    private static nint Callback => (nint)(delegate* unmanaged[Cdecl]<int, nint, void>)&OnEvent;

    /// <summary>Listens, where there is a window.</summary>
    public static void Listen()
    {
        if (LibObs.Has(nameof(LibObs.obs_frontend_add_event_callback))) LibObs.obs_frontend_add_event_callback(Callback, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEvent(int what, nint parameter)
    {
        if (what == StreamingStarting) s_streaming = true;
        else if (what == StreamingStopped) s_streaming = false;
        else if (what is SceneChanged or TransitionStopped) Sources.Fence.Run(Visibility.LookAtProgram);
        else if (what == Exit) Sources.Fence.Run(Plugin.Leave);
    }
}
