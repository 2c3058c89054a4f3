using System.Buffers.Binary;

namespace BroadcastCaptions.Speech.Rewriting.Onnx;

/// <summary>
/// Reads TensorProto, wherever it keeps its elements (raw bytes, typed fields, a file beside the model), as little-endian bytes.
/// </summary>
/// <param name="folder">Folder of the model: external data lies in it.</param>
internal sealed class TensorReader(string folder)
{
    /// <summary>Reads one tensor.</summary>
    /// <exception cref="InvalidDataException">External data outside the model's folder, or too short.</exception>
    public OnnxTensor Read(MessageReader reader)
    {
        var (name, type, dimensions) = ("", ElementType.Undefined, new List<long>());
        ReadOnlyMemory<byte> data = default;
        List<long>? integers = null;
        var external = new Dictionary<string, string>();
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: reader.Integers(dimensions); break;
                case 2: type = (ElementType)reader.Integer(); break;
                case 4 or 10: data = reader.Slice(); break; // packed floats and doubles are little-endian as they stand
                case 5 or 7 or 11: reader.Integers(integers ??= []); break;
                case 8: name = reader.Text(); break;
                case 9: data = reader.Slice(); break;
                case 13: ReadEntry(new MessageReader(reader.Slice()), external); break;
                default: reader.Raw(); break;
            }

        if (integers is not null) data = Pack(integers, type);
        if (external.Count > 0) data = ReadExternal(external);
        return new OnnxTensor(name, type, dimensions, data);
    }

    private static void ReadEntry(MessageReader reader, Dictionary<string, string> entries)
    {
        var (key, value) = ("", "");
        while (reader.Next())
            if (reader.Field == 1) key = reader.Text();
            else if (reader.Field == 2) value = reader.Text();
            else reader.Raw();
        entries[key] = value;
    }

    private static byte[] Pack(List<long> values, ElementType type)
    {
        var size = type.Size();
        var bytes = new byte[values.Count * size];
        Span<byte> wide = stackalloc byte[sizeof(long)];
        for (var i = 0; i < values.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(wide, values[i]);
            wide[..size].CopyTo(bytes.AsSpan(i * size));
        }

        return bytes;
    }

    private byte[] ReadExternal(Dictionary<string, string> entries)
    {
        var location = entries.GetValueOrDefault("location", "");
        if (location.Length == 0 || Path.IsPathRooted(location) || location.Split('/', '\\').Contains(".."))
            throw new InvalidDataException($"The model wants its weights from '{location}', outside its own folder.");
        using var file = File.OpenHandle(Path.Combine(folder, location));
        var offset = entries.TryGetValue("offset", out var from) ? long.Parse(from) : 0;
        var length = entries.TryGetValue("length", out var bytes) ? long.Parse(bytes) : RandomAccess.GetLength(file) - offset;
        var data = new byte[length];
        if (RandomAccess.Read(file, data, offset) != length) throw new InvalidDataException($"{location} is shorter than the model says.");
        return data;
    }
}
