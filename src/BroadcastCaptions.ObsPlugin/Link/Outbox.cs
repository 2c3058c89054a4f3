using System.Net.Sockets;
using BroadcastCaptions.Bridge;

namespace BroadcastCaptions.ObsPlugin.Link;

/// <summary>Messages on their way out: whole ones are added, and flushed as far as the socket takes them without waiting.</summary>
internal sealed class Outbox
{
    private readonly byte[] _bytes = new byte[2 * (BridgeProtocol.HeaderLength + BridgeProtocol.LongestPayload)];
    private int _start, _end;

    /// <summary>Has everything gone out?</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>Where the next message goes.</summary>
    public Span<byte> Room => _bytes.AsSpan(_end);

    /// <summary>Forgets everything.</summary>
    public void Clear() => (_start, _end) = (0, 0);

    /// <summary>A message was written into <see cref="Room"/>.</summary>
    public void Add(int length) => _end += length;

    /// <summary>Sends what the socket takes.</summary>
    /// <returns>False: the other side has closed.</returns>
    public bool TryFlush(Socket socket)
    {
        while (_start < _end)
        {
            var sent = socket.Send(_bytes.AsSpan(_start, _end - _start), SocketFlags.None, out var error);
            _start += sent;
            if (error == SocketError.WouldBlock) return true;
            if (error != SocketError.Success) return false;
        }

        Clear();
        return true;
    }
}
