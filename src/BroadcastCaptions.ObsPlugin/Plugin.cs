using System.Text;
using BroadcastCaptions.ObsPlugin.Host;
using BroadcastCaptions.ObsPlugin.Link;
using BroadcastCaptions.ObsPlugin.Native;
using BroadcastCaptions.ObsPlugin.Sources;
using BroadcastCaptions.ObsPlugin.Taps;

namespace BroadcastCaptions.ObsPlugin;

/// <summary>The plug-in as a whole, from the host's loading to its unloading.</summary>
internal static unsafe class Plugin
{
    /// <summary>In the plug-in's data folder: how the captioner is started.</summary>
    private const string CommandFile = "captioner.txt";

    private static Sender? s_sender;

    /// <summary>The thread that talks to the captioner.</summary>
    public static Sender Sender => s_sender ?? throw new InvalidOperationException("The plug-in is not loaded.");

    /// <summary>The captioner that we start.</summary>
    public static CaptionerProcess Captioner { get; private set; } = new("");

    /// <summary>The host loads us.</summary>
    public static void Load(nint module)
    {
        LibObs.Bind();
        AudioCalls.Bind();
        Rehearsal.Run();
        Meeting.Host = Encoding.UTF8.GetBytes($"OBS Studio {Utf8.Text(LibObs.obs_get_version_string())}");
        Captioner = new CaptionerProcess(Path.Combine(Utf8.Text(LibObs.obs_get_module_data_path(module)), CommandFile));
        s_sender = new Sender(Captioner);
        FilterCallbacks.Register();
        TrackCallbacks.Register();
        Hotkeys.Register();
        Visibility.Listen();
        Frontend.Listen();
        Log.Info($"{Encoding.UTF8.GetString(Meeting.Program)} is loaded.");
    }

    /// <summary>All modules have loaded: what another one offers is there now.</summary>
    public static void Meet() => Vendor.Register();

    /// <summary>The host is about to end; its WebSocket server still answers, so the captioner can clear its source.</summary>
    public static void Leave() => Captioner.End();

    /// <summary>The host unloads us.</summary>
    public static void Unload()
    {
        s_sender?.Dispose();
        s_sender = null;
    }
}
