using System.Buffers.Binary;
using System.Text.Unicode;

namespace BroadcastCaptions.Bridge;

/// <summary>Reads a payload's fields one after the other. Past its end everything is 0, and <see cref="IsGood"/> false.</summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;
    private bool _bad;

    /// <summary>Was everything there, and every text UTF-8?</summary>
    public readonly bool IsGood => !_bad;

    public byte Byte() => Take(1) is [var value] ? value : (byte)0;

    public ushort UInt16() => Take(2) is { Length: 2 } bytes ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : (ushort)0;

    public uint UInt32() => Take(4) is { Length: 4 } bytes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    public long Int64() => Take(8) is { Length: 8 } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    public ReadOnlySpan<byte> Text()
    {
        var length = UInt16();
        var text = length <= BridgeProtocol.LongestText ? Take(length) : Fail();
        return Utf8.IsValid(text) ? text : Fail();
    }

    public ReadOnlySpan<byte> Take(int length)
    {
        if (_bad || length > _rest.Length) return Fail();
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private ReadOnlySpan<byte> Fail()
    {
        _bad = true;
        return default;
    }
}
