using Google.Protobuf;

namespace BroadcastCaptions.Speech.Rewriting.Onnx;

/// <summary>Reads ONNX files: the messages of onnx.proto by their field numbers, what is unknown kept as it stands.</summary>
internal static class OnnxReader
{
    /// <summary>Reads a model with its external data.</summary>
    /// <exception cref="InvalidDataException">Not an ONNX file, or damaged.</exception>
    public static OnnxModel Read(string path)
    {
        var tensors = new TensorReader(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            return ReadModel(new MessageReader(File.ReadAllBytes(path)), tensors);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} is not an ONNX file, or damaged.", e);
        }
    }

    private static OnnxModel ReadModel(MessageReader reader, TensorReader tensors)
    {
        var model = new OnnxModel();
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: model.IrVersion = reader.Integer(); break;
                case 2: model.Producer = reader.Text(); break;
                case 7: model.Graph = ReadGraph(new MessageReader(reader.Slice()), tensors); break;
                case 8: ReadOpset(new MessageReader(reader.Slice()), model.Opsets); break;
                default: model.Unknown.Add(reader.Raw()); break;
            }

        return model;
    }

    private static void ReadOpset(MessageReader reader, Dictionary<string, long> opsets)
    {
        var (domain, version) = ("", 0L);
        while (reader.Next())
            if (reader.Field == 1) domain = Domain(reader.Text());
            else if (reader.Field == 2) version = reader.Integer();
            else reader.Raw();
        opsets[domain] = version;
    }

    private static string Domain(string name) => name == "ai.onnx" ? "" : name; // two names of the standard's own domain

    private static OnnxGraph ReadGraph(MessageReader reader, TensorReader tensors)
    {
        var graph = new OnnxGraph();
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: graph.Nodes.Add(ReadNode(new MessageReader(reader.Slice()), tensors)); break;
                case 2: graph.Name = reader.Text(); break;
                case 5: graph.Initializers.Add(tensors.Read(new MessageReader(reader.Slice()))); break;
                case 11: graph.Inputs.Add(ValueReader.Read(new MessageReader(reader.Slice()))); break;
                case 12: graph.Outputs.Add(ValueReader.Read(new MessageReader(reader.Slice()))); break;
                default: graph.Unknown.Add(reader.Raw()); break;
            }

        return graph;
    }

    private static OnnxNode ReadNode(MessageReader reader, TensorReader tensors)
    {
        var node = new OnnxNode();
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: node.Inputs.Add(reader.Text()); break;
                case 2: node.Outputs.Add(reader.Text()); break;
                case 3: node.Name = reader.Text(); break;
                case 4: node.OpType = reader.Text(); break;
                case 5: node.Attributes.Add(ReadAttribute(new MessageReader(reader.Slice()), tensors)); break;
                case 7: node.Domain = Domain(reader.Text()); break;
                default: node.Unknown.Add(reader.Raw()); break;
            }

        return node;
    }

    private static OnnxAttribute ReadAttribute(MessageReader reader, TensorReader tensors)
    {
        var attribute = new OnnxAttribute("");
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: attribute.Name = reader.Text(); break;
                case 2: attribute.Float = reader.Single(); break;
                case 3: attribute.Int = reader.Integer(); break;
                case 4: attribute.Text = reader.Text(); break;
                case 5: attribute.Tensor = tensors.Read(new MessageReader(reader.Slice())); break;
                case 6: attribute.Graph = ReadGraph(new MessageReader(reader.Slice()), tensors); break;
                case 7: reader.Singles(attribute.Floats ??= []); break;
                case 8: reader.Integers(attribute.Ints ??= []); break;
                case 20: attribute.Type = (AttributeType)reader.Integer(); break;
                default: attribute.Unknown.Add(reader.Raw()); break;
            }

        attribute.SetDefault();
        return attribute;
    }
}
