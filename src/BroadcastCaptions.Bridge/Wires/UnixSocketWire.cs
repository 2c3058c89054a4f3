using System.Net.Sockets;
using BroadcastCaptions.Bridge.Places;

namespace BroadcastCaptions.Bridge.Wires;

/// <summary>A connection over a Unix domain socket. Allocates nothing where it does not wait.</summary>
public sealed class UnixSocketWire : IBridgeWire
{
    private readonly Socket _socket;

    internal UnixSocketWire(Socket socket)
    {
        _socket = socket;
        _socket.Blocking = false;
    }

    /// <summary>A connection with a captioner of our own user; null where there is none.</summary>
    /// <param name="path">The captioner's socket.</param>
    public static UnixSocketWire? TryConnect(string path)
    {
        if (!File.Exists(path)) return null;
        var wire = new UnixSocketWire(UnixSocketListener.NewSocket());
        try
        {
            wire._socket.Connect(new UnixDomainSocketEndPoint(path));
            if (PeerCredentials.IsOurUser(wire._socket)) return wire;
        }
        catch (SocketException)
        {
            // Nobody listens (any more), or its queue is full.
        }

        wire.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReceiveAsync(Memory<byte> into, CancellationToken cancel)
    {
        try
        {
            return await _socket.ReceiveAsync(into, SocketFlags.None, cancel);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    /// <inheritdoc/>
    public bool TryReceive(Span<byte> into, out int count)
    {
        count = _socket.Receive(into, SocketFlags.None, out var error);
        return error == SocketError.WouldBlock || (error == SocketError.Success && count > 0);
    }

    /// <inheritdoc/>
    public bool TrySend(ReadOnlySpan<byte> bytes, out int sent)
    {
        sent = _socket.Send(bytes, SocketFlags.None, out var error);
        return error is SocketError.Success or SocketError.WouldBlock;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
