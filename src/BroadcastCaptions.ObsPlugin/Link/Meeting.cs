using System.Net.Sockets;
using System.Text;
using BroadcastCaptions.Bridge.Places;
using BroadcastCaptions.ObsPlugin.Manifest;

namespace BroadcastCaptions.ObsPlugin.Link;

/// <summary>Where the captioner is met, and who we say we are.</summary>
internal static class Meeting
{
    private static readonly string SocketPath = BridgePlace.Socket;
    private static readonly UnixDomainSocketEndPoint EndPoint = new(SocketPath);

    /// <summary>Our name and version, UTF-8.</summary>
    public static byte[] Program { get; } = Encoding.UTF8.GetBytes($"{PluginManifest.Bundled.Name} {PluginManifest.Bundled.Version}");

    /// <summary>The host's, UTF-8; set at load.</summary>
    public static byte[] Host { get; set; } = [];

    /// <summary>A connection with a captioner of our own user, that neither blocks nor waits; null where there is none.</summary>
    public static Socket? TryConnect()
    {
        if (!File.Exists(SocketPath)) return null;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(EndPoint);
            if (PeerCredentials.IsOurUser(socket)) return socket;
        }
        catch (SocketException)
        {
            // Nobody listens (any more), or its queue is full.
        }

        socket.Dispose();
        return null;
    }
}
