using System.Text;
using BroadcastCaptions.Bridge.Places;
using BroadcastCaptions.Bridge.Wires;
using BroadcastCaptions.ObsPlugin.Manifest;

namespace BroadcastCaptions.ObsPlugin.Link;

/// <summary>Where the captioner is met, and who we say we are.</summary>
internal static class Meeting
{
    private static readonly string Place = BridgePlace.Ours;

    /// <summary>Our name and version, UTF-8.</summary>
    public static byte[] Program { get; } = Encoding.UTF8.GetBytes($"{PluginManifest.Bundled.Name} {PluginManifest.Bundled.Version}");

    /// <summary>The host's, UTF-8; set at load.</summary>
    public static byte[] Host { get; set; } = [];

    /// <summary>A connection with a captioner of our own user; null where there is none. Never waits.</summary>
    public static IBridgeWire? TryConnect() => BridgePlace.TryConnect(Place);
}
