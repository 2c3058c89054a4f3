using Google.Protobuf;

namespace BroadcastCaptions.Speech.Rewriting.Onnx;

/// <summary>
/// Builds a protobuf message as a rope of byte slices: nested messages know their length without a second pass, and a large
/// weight is referenced, not copied, until the file is written.
/// </summary>
internal sealed class MessageWriter
{
    private readonly List<ReadOnlyMemory<byte>> _parts = [];

    /// <summary>Bytes of the message so far.</summary>
    public long Length { get; private set; }

    /// <summary>Writes an integer, enum or boolean.</summary>
    public void Integer(int field, long value)
    {
        var size = CodedOutputStream.ComputeInt64Size(value);
        Small(field, WireFormat.WireType.Varint, size, stream => stream.WriteInt64(value));
    }

    /// <summary>Writes a 32-bit float.</summary>
    public void Single(int field, float value) =>
        Small(field, WireFormat.WireType.Fixed32, sizeof(float), stream => stream.WriteFloat(value));

    /// <summary>Writes a text, unless it is empty (proto3's default).</summary>
    public void Text(int field, string value)
    {
        if (value.Length > 0) Always(field, value);
    }

    /// <summary>Writes a text, empty or not: an element of a repeated field.</summary>
    public void Always(int field, string value) =>
        Small(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeStringSize(value), stream => stream.WriteString(value));

    /// <summary>Writes a bytes field; the memory is referenced until the file is written.</summary>
    public void Bytes(int field, ReadOnlyMemory<byte> value)
    {
        Small(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeLengthSize(value.Length), stream => stream.WriteLength(value.Length));
        Raw(value);
    }

    /// <summary>Writes a nested message.</summary>
    public void Message(int field, MessageWriter nested)
    {
        var length = checked((int)nested.Length); // protobuf's own limit: 2 GB a message
        Small(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeLengthSize(length), stream => stream.WriteLength(length));
        _parts.AddRange(nested._parts);
        Length += nested.Length;
    }

    /// <summary>Appends bytes that already are whole fields.</summary>
    public void Raw(ReadOnlyMemory<byte> fields)
    {
        _parts.Add(fields);
        Length += fields.Length;
    }

    /// <summary>Writes the message.</summary>
    public void CopyTo(Stream destination)
    {
        foreach (var part in _parts) destination.Write(part.Span);
    }

    private void Small(int field, WireFormat.WireType type, int size, Action<CodedOutputStream> write)
    {
        var bytes = new byte[CodedOutputStream.ComputeTagSize(field) + size];
        using var stream = new CodedOutputStream(bytes);
        stream.WriteTag(field, type);
        write(stream);
        stream.CheckNoSpaceLeft();
        Raw(bytes);
    }
}
