namespace BroadcastCaptions.Speech.Rewriting.Onnx;

/// <summary>Reads ValueInfoProto: the name, element type and shape of what a graph is fed and gives.</summary>
internal static class ValueReader
{
    /// <summary>Reads one value.</summary>
    public static OnnxValue Read(MessageReader reader)
    {
        var value = new OnnxValue("", ElementType.Undefined, []);
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: value = value with { Name = reader.Text() }; break;
                case 2: value = ReadType(new MessageReader(reader.Slice()), value); break;
                default: reader.Raw(); break;
            }

        return value;
    }

    private static OnnxValue ReadType(MessageReader reader, OnnxValue value)
    {
        while (reader.Next())
            if (reader.Field == 1) value = ReadTensorType(new MessageReader(reader.Slice()), value);
            else reader.Raw();
        return value;
    }

    private static OnnxValue ReadTensorType(MessageReader reader, OnnxValue value)
    {
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: value = value with { Type = (ElementType)reader.Integer() }; break;
                case 2: value = value with { Shape = ReadShape(new MessageReader(reader.Slice())) }; break;
                default: reader.Raw(); break;
            }

        return value;
    }

    private static List<string> ReadShape(MessageReader reader)
    {
        var shape = new List<string>();
        while (reader.Next())
            if (reader.Field == 1) shape.Add(ReadDimension(new MessageReader(reader.Slice())));
            else reader.Raw();
        return shape;
    }

    private static string ReadDimension(MessageReader reader)
    {
        var dimension = "";
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: dimension = reader.Integer().ToString(); break;
                case 2: dimension = reader.Text(); break;
                default: reader.Raw(); break;
            }

        return dimension;
    }
}
