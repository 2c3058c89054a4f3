using System.Buffers.Binary;

namespace BroadcastCaptions.Bridge;

/// <summary>Writes one message, header first. What does not fit is not written, and <see cref="End"/> says so.</summary>
internal ref struct PayloadWriter
{
    private readonly Span<byte> _destination;
    private int _length;
    private bool _full;

    public PayloadWriter(Span<byte> destination, MessageType type)
    {
        _destination = destination;
        var header = Room(BridgeProtocol.HeaderLength);
        if (header.IsEmpty) return;
        header.Clear();
        header[4] = (byte)type;
    }

    public void Byte(byte value)
    {
        if (Room(1) is [_, ..] room) room[0] = value;
    }

    public void UInt16(ushort value)
    {
        if (Room(2) is { Length: 2 } room) BinaryPrimitives.WriteUInt16LittleEndian(room, value);
    }

    public void UInt32(uint value)
    {
        if (Room(4) is { Length: 4 } room) BinaryPrimitives.WriteUInt32LittleEndian(room, value);
    }

    public void Int64(long value)
    {
        if (Room(8) is { Length: 8 } room) BinaryPrimitives.WriteInt64LittleEndian(room, value);
    }

    /// <summary>A text; what is longer than the protocol allows is cut between characters.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        var length = Math.Min(utf8.Length, BridgeProtocol.LongestText);
        while (length > 0 && length < utf8.Length && (utf8[length] & 0xC0) == 0x80) length--;
        UInt16((ushort)length);
        var room = Room(length);
        if (room.Length == length) utf8[..length].CopyTo(room);
    }

    /// <summary>The next bytes, to be filled; empty where they do not fit.</summary>
    public Span<byte> Room(int length)
    {
        if (_full || length > _destination.Length - _length)
        {
            _full = true;
            return default;
        }

        _length += length;
        return _destination.Slice(_length - length, length);
    }

    /// <summary>Completes the header. False: it did not fit.</summary>
    public readonly bool End(out int written)
    {
        written = _full ? 0 : _length;
        if (_full) return false;
        BinaryPrimitives.WriteUInt32LittleEndian(_destination, (uint)(_length - BridgeProtocol.HeaderLength));
        return true;
    }
}
