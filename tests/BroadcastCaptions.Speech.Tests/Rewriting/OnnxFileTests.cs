using System.Runtime.InteropServices;
using BroadcastCaptions.Speech.Rewriting;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

public sealed class OnnxFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("onnx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_is_read_again_to_the_last_byte()
    {
        var (first, second) = (In("first.onnx"), In("second.onnx"));
        OnnxWriter.Write(new SyntheticDecoder(Encoding.DynamicInteger, merged: true).Build(), first);

        OnnxWriter.Write(OnnxReader.Read(first), second);

        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public void Unknown_fields_survive()
    {
        var message = new MessageWriter();
        message.Integer(1, 9);
        message.Text(3, "another tool's version"); // producer_version: not read here
        Write("unknown.onnx", message);

        OnnxWriter.Write(OnnxReader.Read(In("unknown.onnx")), In("again.onnx"));

        Assert.Contains("another tool's version", File.ReadAllText(In("again.onnx")), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_in_typed_fields_and_in_files_beside_are_read()
    {
        float[] values = [1.5f, -2, 3];
        File.WriteAllBytes(In("weights.bin"), [9, 9, 9, 9, .. MemoryMarshal.AsBytes(values.AsSpan())]);
        var typed = Tensor("typed", ElementType.Float);
        typed.Bytes(4, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        var integers = Tensor("integers", ElementType.Int8);
        foreach (var value in (long[])[1, -2, 3]) integers.Integer(5, value);
        var beside = Tensor("beside", ElementType.Float);
        beside.Message(13, Entry("location", "weights.bin"));
        beside.Message(13, Entry("offset", "4"));
        beside.Integer(14, 1);
        WriteGraph("tensors.onnx", typed, integers, beside);

        var tensors = OnnxReader.Read(In("tensors.onnx")).Graph.Initializers;

        Assert.Equal(values, Numbers.Floats(tensors[0]));
        Assert.Equal([1, -2, 3], Numbers.Floats(tensors[1]));
        Assert.Equal(values, Numbers.Floats(tensors[2]));
    }

    [Fact]
    public void Large_weights_lie_apart_each_at_a_page_and_are_read_again()
    {
        const int page = 4096;
        var small = new byte[WeightFile.Worthwhile - 4];
        byte[][] large = [[.. Enumerable.Range(0, WeightFile.Worthwhile).Select(i => (byte)i)], [.. Enumerable.Range(7, WeightFile.Worthwhile + 4).Select(i => (byte)(i * 3))]];
        var model = new OnnxModel();
        foreach (var data in (byte[][])[large[0], small, large[1]]) model.Graph.Initializers.Add(new($"w{data.Length}", ElementType.Float, [data.Length / 4], data));

        OnnxWriter.WriteApart(model, In("apart.onnx"));

        Assert.Equal(model.Graph.Initializers.Select(weight => weight.Data.ToArray()), OnnxReader.Read(In("apart.onnx")).Graph.Initializers.Select(weight => weight.Data.ToArray()));
        var beside = File.ReadAllBytes(In("apart.onnx_data"));
        Assert.Equal(large[0], beside[..large[0].Length]);
        Assert.Equal(large[1], beside[((large[0].Length + page - 1) / page * page)..]);
        Assert.InRange(new FileInfo(In("apart.onnx")).Length, small.Length, small.Length + 1000);
        GraphFile.Delete(In("apart.onnx"));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    public void A_model_cannot_reach_out_of_its_folder(string location)
    {
        var tensor = Tensor("outside", ElementType.Float);
        tensor.Message(13, Entry("location", location));
        WriteGraph("outside.onnx", tensor);

        Assert.Throws<InvalidDataException>(() => OnnxReader.Read(In("outside.onnx")));
    }

    [Fact]
    public void Something_else_is_refused()
    {
        File.WriteAllText(In("page.onnx"), "<html>not found</html>");

        Assert.Throws<InvalidDataException>(() => OnnxReader.Read(In("page.onnx")));
    }

    private static MessageWriter Tensor(string name, ElementType type)
    {
        var tensor = new MessageWriter();
        tensor.Integer(1, 3);
        tensor.Integer(2, (int)type);
        tensor.Text(8, name);
        return tensor;
    }

    private static MessageWriter Entry(string key, string value)
    {
        var entry = new MessageWriter();
        entry.Text(1, key);
        entry.Text(2, value);
        return entry;
    }

    private void WriteGraph(string name, params ReadOnlySpan<MessageWriter> tensors)
    {
        var (model, graph) = (new MessageWriter(), new MessageWriter());
        foreach (var tensor in tensors) graph.Message(5, tensor);
        model.Message(7, graph);
        Write(name, model);
    }

    private void Write(string name, MessageWriter message)
    {
        using var file = File.Create(In(name));
        message.CopyTo(file);
    }

    private string In(string name) => Path.Combine(_folder, name);
}
