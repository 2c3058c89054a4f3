using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace BroadcastCaptions.Speech.Rewriting.Onnx;

/// <summary>
/// Walks the fields of one protobuf message without copying its payloads: a length-delimited field is handed out as a slice
/// of the file. (CodedInputStream alone would copy each weight into a ByteString.)
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A CodedInputStream over an array holds nothing to dispose.")]
internal sealed class MessageReader
{
    private readonly byte[] _file;
    private readonly CodedInputStream _stream;
    private uint _tag;
    private int _fieldStart;

    /// <summary>Reads <paramref name="message"/>, which must lie in an array.</summary>
    public MessageReader(ReadOnlyMemory<byte> message)
    {
        if (!MemoryMarshal.TryGetArray(message, out var array)) throw new ArgumentException("Not an array.", nameof(message));
        _file = array.Array!;
        _stream = new CodedInputStream(_file, array.Offset, array.Count); // its Position counts from the array's start
    }

    /// <summary>Number of the current field.</summary>
    public int Field => WireFormat.GetTagFieldNumber(_tag);

    private bool IsDelimited => WireFormat.GetTagWireType(_tag) == WireFormat.WireType.LengthDelimited;

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Next()
    {
        _fieldStart = (int)_stream.Position;
        _tag = _stream.ReadTag();
        return _tag != 0;
    }

    /// <summary>An integer, enum or boolean.</summary>
    public long Integer() => _stream.ReadInt64();

    /// <summary>A 32-bit float.</summary>
    public float Single() => _stream.ReadFloat();

    /// <summary>A text.</summary>
    public string Text() => _stream.ReadString();

    /// <summary>The payload of a bytes, packed or message field: a slice, no copy.</summary>
    public ReadOnlyMemory<byte> Slice()
    {
        var start = (int)_stream.Position;
        _stream.SkipLastField();
        var end = (int)_stream.Position;
        var prefix = 1;
        while (CodedOutputStream.ComputeLengthSize(end - start - prefix) != prefix) prefix++;
        return _file.AsMemory((start + prefix)..end);
    }

    /// <summary>Appends a repeated integer, packed or not.</summary>
    public void Integers(List<long> values)
    {
        if (!IsDelimited)
        {
            values.Add(Integer());
            return;
        }

        var packed = new MessageReader(Slice());
        while (!packed._stream.IsAtEnd) values.Add(packed.Integer());
    }

    /// <summary>Appends a repeated float, packed or not.</summary>
    public void Singles(List<float> values)
    {
        if (!IsDelimited) values.Add(Single());
        else values.AddRange(MemoryMarshal.Cast<byte, float>(Slice().Span));
    }

    /// <summary>The current field with its tag, as it stands in the file: for fields that nobody here knows.</summary>
    public ReadOnlyMemory<byte> Raw()
    {
        _stream.SkipLastField();
        return _file.AsMemory(_fieldStart..(int)_stream.Position);
    }
}
