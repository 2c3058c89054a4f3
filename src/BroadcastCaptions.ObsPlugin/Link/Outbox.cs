using System.Buffers;
using System.Net.Sockets;
using BroadcastCaptions.Bridge;

namespace BroadcastCaptions.ObsPlugin.Link;

/// <summary>Messages on their way out: whole ones are added, and flushed as far as the socket takes them without waiting.</summary>
/// <remarks>Half a megabyte, held only while connected and used again by the next connection: taps that come and go leave no garbage in OBS.</remarks>
internal sealed class Outbox
{
    private byte[] _bytes = [];
    private int _start, _end;

    /// <summary>Has everything gone out?</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>Where the next message goes.</summary>
    public Span<byte> Room => _bytes.AsSpan(_end);

    /// <summary>Makes room for messages.</summary>
    public void Open() => _bytes = ArrayPool<byte>.Shared.Rent(2 * (BridgeProtocol.HeaderLength + BridgeProtocol.LongestPayload));

    /// <summary>Forgets everything and gives the room back.</summary>
    public void Close()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _start, _end) = ([], 0, 0);
    }

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

        (_start, _end) = (0, 0);
        return true;
    }
}
