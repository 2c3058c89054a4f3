using System.Globalization;

namespace BroadcastCaptions.Speech.Rewriting.Onnx;

/// <summary>Writes ONNX files: the messages of onnx.proto by their field numbers.</summary>
internal static class OnnxWriter
{
    private const int External = 1; // TensorProto.DataLocation.EXTERNAL

    /// <summary>Writes a model into one file. ONNX allows at most 2 GB.</summary>
    public static void Write(OnnxModel model, string path)
    {
        using var file = File.Create(path);
        Message(model, null).CopyTo(file);
    }

    /// <summary>
    /// Writes a model with its large weights in a file beside it, "…_data": the runtime maps that file instead of reading it, so that
    /// loading copies less, and what it does not pack anew is memory that programs share.
    /// </summary>
    public static void WriteApart(OnnxModel model, string path)
    {
        using var data = new WeightFile(path);
        using var file = File.Create(path);
        Message(model, data).CopyTo(file);
    }

    private static MessageWriter Message(OnnxModel model, WeightFile? apart)
    {
        var message = new MessageWriter();
        message.Integer(1, model.IrVersion);
        message.Text(2, model.Producer);
        message.Message(7, Message(model.Graph, apart));
        foreach (var (domain, version) in model.Opsets)
        {
            var opset = new MessageWriter();
            opset.Text(1, domain);
            opset.Integer(2, version);
            message.Message(8, opset);
        }

        model.Unknown.ForEach(message.Raw);
        return message;
    }

    private static MessageWriter Message(OnnxGraph graph, WeightFile? apart)
    {
        var message = new MessageWriter();
        foreach (var node in graph.Nodes) message.Message(1, Message(node));
        message.Text(2, graph.Name);
        foreach (var tensor in graph.Initializers) message.Message(5, Message(tensor, apart));
        foreach (var input in graph.Inputs) message.Message(11, Message(input));
        foreach (var output in graph.Outputs) message.Message(12, Message(output));
        graph.Unknown.ForEach(message.Raw);
        return message;
    }

    private static MessageWriter Message(OnnxNode node)
    {
        var message = new MessageWriter();
        foreach (var input in node.Inputs) message.Always(1, input);
        foreach (var output in node.Outputs) message.Always(2, output);
        message.Text(3, node.Name);
        message.Text(4, node.OpType);
        foreach (var attribute in node.Attributes) message.Message(5, Message(attribute));
        message.Text(7, node.Domain);
        node.Unknown.ForEach(message.Raw);
        return message;
    }

    private static MessageWriter Message(OnnxAttribute attribute)
    {
        var message = new MessageWriter();
        message.Text(1, attribute.Name);
        if (attribute.Float is { } number) message.Single(2, number);
        if (attribute.Int is { } integer) message.Integer(3, integer);
        if (attribute.Text is { } text) message.Always(4, text);
        if (attribute.Tensor is { } tensor) message.Message(5, Message(tensor, null));
        if (attribute.Graph is { } graph) message.Message(6, Message(graph, null));
        foreach (var value in attribute.Floats ?? []) message.Single(7, value);
        foreach (var value in attribute.Ints ?? []) message.Integer(8, value);
        message.Integer(20, (int)attribute.Type);
        attribute.Unknown.ForEach(message.Raw);
        return message;
    }

    private static MessageWriter Message(OnnxTensor tensor, WeightFile? apart)
    {
        var message = new MessageWriter();
        foreach (var dimension in tensor.Dimensions) message.Integer(1, dimension);
        message.Integer(2, (int)tensor.Type);
        message.Text(8, tensor.Name);
        if (apart is null || tensor.Data.Length < WeightFile.Worthwhile) message.Bytes(9, tensor.Data);
        else
        {
            foreach (var (key, value) in apart.Add(tensor.Data)) message.Message(13, Entry(key, value));
            message.Integer(14, External);
        }

        return message;
    }

    private static MessageWriter Entry(string key, string value)
    {
        var message = new MessageWriter();
        message.Text(1, key);
        message.Text(2, value);
        return message;
    }

    private static MessageWriter Message(OnnxValue value)
    {
        var shape = new MessageWriter();
        foreach (var name in value.Shape)
        {
            var dimension = new MessageWriter();
            if (long.TryParse(name, CultureInfo.InvariantCulture, out var number)) dimension.Integer(1, number);
            else dimension.Text(2, name);
            shape.Message(1, dimension);
        }

        var tensorType = new MessageWriter();
        tensorType.Integer(1, (int)value.Type);
        tensorType.Message(2, shape);
        var type = new MessageWriter();
        type.Message(1, tensorType);
        var message = new MessageWriter();
        message.Text(1, value.Name);
        message.Message(2, type);
        return message;
    }
}
