using System.Net.Sockets;
using BroadcastCaptions.Bridge.Places;

namespace BroadcastCaptions.Bridge.Wires;

/// <summary>The captioner's socket in a folder that nobody else may enter.</summary>
public sealed class UnixSocketListener : IBridgeListener
{
    private const int Waiting = 16;

    private readonly string _path;
    private readonly Socket _socket = NewSocket();

    /// <summary>Listens.</summary>
    /// <param name="path">Of the socket; its folder is made, or made the user's alone.</param>
    /// <exception cref="BridgeTakenException">Another captioner does.</exception>
    /// <exception cref="IOException">The folder is no good, or the system refuses the socket.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be made, or belongs to somebody else.</exception>
    public UnixSocketListener(string path)
    {
        _path = path;
        try
        {
            UnixPlace.Prepare(Path.GetDirectoryName(path)!);
            var place = new UnixDomainSocketEndPoint(path);
            if (File.Exists(path) && Answers(place)) throw new BridgeTakenException();
            File.Delete(path); // what a captioner that was killed left behind
            _socket.Bind(place);
            _socket.Listen(Waiting);
        }
        catch (Exception e)
        {
            _socket.Dispose();
            if (e is SocketException or ArgumentException) throw new IOException(e.Message, e); // the latter: a path too long for a socket
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IBridgeWire?> AcceptAsync(CancellationToken cancel)
    {
        try
        {
            var socket = await _socket.AcceptAsync(cancel);
            if (PeerCredentials.IsOurUser(socket)) return new UnixSocketWire(socket);
            socket.Dispose();
            return null;
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        File.Delete(_path);
    }

    internal static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private static bool Answers(UnixDomainSocketEndPoint place)
    {
        using var probe = NewSocket();
        try
        {
            probe.Connect(place);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
