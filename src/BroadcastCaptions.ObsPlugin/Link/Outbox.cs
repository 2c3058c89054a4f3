using System.Buffers;
using BroadcastCaptions.Bridge;
using BroadcastCaptions.Bridge.Wires;

namespace BroadcastCaptions.ObsPlugin.Link;

/// <summary>Messages on their way out: whole ones are added, and flushed as far as the wire takes them without waiting.</summary>
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

    /// <summary>Sends what the wire takes.</summary>
    /// <returns>False: the other side has closed.</returns>
    public bool TryFlush(IBridgeWire wire)
    {
        while (_start < _end)
        {
            if (!wire.TrySend(_bytes.AsSpan(_start, _end - _start), out var sent)) return false;
            if (sent == 0) return true;
            _start += sent;
        }

        (_start, _end) = (0, 0);
        return true;
    }
}
