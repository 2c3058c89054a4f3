using BroadcastCaptions.Bridge;
using BroadcastCaptions.Bridge.Wires;

namespace BroadcastCaptions.ObsPlugin.Link;

/// <summary>Bytes that came and are not yet read as messages. A captioner sends little: texts and heartbeats.</summary>
internal sealed class Inbox
{
    private readonly byte[] _bytes = new byte[16_384];
    private int _start, _end;

    /// <summary>Forgets everything.</summary>
    public void Clear() => (_start, _end) = (0, 0);

    /// <summary>Takes what has come; never waits.</summary>
    /// <returns>False: the other side has closed.</returns>
    public bool TryReceive(IBridgeWire wire)
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _bytes.Length) return true;
        if (!wire.TryReceive(_bytes.AsSpan(_end), out var received)) return false;
        _end += received;
        return true;
    }

    /// <summary>The next message, or how it stands with it. What does not fit in here is no captioner's message.</summary>
    public FrameStatus Next(out MessageType type, out ReadOnlySpan<byte> payload)
    {
        var status = BridgeFrame.Read(_bytes.AsSpan(_start, _end - _start), out type, out payload, out var length);
        _start += length;
        return status == FrameStatus.Incomplete && _end - _start == _bytes.Length ? FrameStatus.Malformed : status;
    }
}
