using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.Speech.Rewriting;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.Speech.Tests.Whisper;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit.Processes;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

/// <summary>
/// Without VNNI two products of bytes are added in 16 bits. What is written for such processors must fit, whichever processor the test
/// runs on; what is written for the others need not.
/// </summary>
[Collection(WithSpeechModels.Name)]
public sealed class CutOffSumsTests(SpeechModels models) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 6 * 2)] // six products of each of the encoder's layers
    public void Whispers_sums_fit_where_they_must(bool isUnsigned, int cutOff)
    {
        WhisperRewriter.Write(new TinyWhisper(_folder["model"]).Write(), RewriteFolder.FilesIn(_folder["own"]), isUnsigned);

        Assert.Equal(2, Directory.GetFiles(_folder["own"]).Length);
        Assert.Equal(cutOff, CutOff(_folder["own"]));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 5 * 6)] // queries and keys are one product there
    public async Task Moonshines_sums_fit_where_they_must(bool isUnsigned, int cutOff)
    {
        var shipped = await models.FilesAsync("moonshine-tiny");
        var files = new MoonshineFiles(Copy(shipped.Encoder), Copy(shipped.Decoder), shipped.Vocabulary);

        var (outcome, own) = ModelRewriter.Open(files, isUnsigned);

        Assert.True(outcome is { Encoder: true, Decoder: true }, outcome.Reason);
        Assert.Equal(cutOff, CutOff(Path.GetDirectoryName(own!.Decoder)!));
    }

    [Fact]
    public void This_processor_chooses()
    {
        var files = new TinyWhisper(_folder["model"]).Write();

        Assert.Equal(WhisperRewriter.Open(files, Vnni.SumsAreCutOff).Files, WhisperRewriter.Open(files).Files);
        Assert.NotEqual(WhisperRewriter.Open(files, !Vnni.SumsAreCutOff).Files, WhisperRewriter.Open(files).Files);
    }

    [Fact]
    public void Graphs_for_either_kind_of_processor_lie_side_by_side()
    {
        var files = new TinyWhisper(_folder["model"]).Write();

        var (signed, unsigned) = (WhisperRewriter.Open(files, unsigned: false).Files!, WhisperRewriter.Open(files, unsigned: true).Files!);

        Assert.NotEqual(signed, unsigned);
        Assert.True(File.Exists(signed.Encoder) && File.Exists(unsigned.Encoder));
        Assert.True(CutOff(Path.GetDirectoryName(signed.Encoder)!) > 0);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    [InlineData(true, true, false)] // what was imported here is unsigned already
    [InlineData(true, false, false)]
    public void What_was_imported_on_another_machine_fits_too(bool wasUnsigned, bool isUnsigned, bool copied)
    {
        var files = new TinyWhisper(_folder["model"]).Write();
        WhisperRewriter.Write(files, RewriteFolder.FilesIn(_folder[Path.Combine("model", WhisperFiles.QuantizedFolder)]), wasUnsigned);
        var imported = WhisperFiles.In(_folder["model"]);

        var (outcome, own) = WhisperRewriter.Open(imported, isUnsigned);

        Assert.Equal((true, true), (outcome.Encoder, outcome.Decoder));
        Assert.Equal((imported.Decoder, copied), (own!.Decoder, own.Encoder != imported.Encoder));
        if (isUnsigned) Assert.Equal(0, CutOff(own.Encoder));
        using var engine = new WhisperEngine(imported, threads: 1, own);
        engine.Hear(new float[16_000], engine.Config.WindowFrames); // it loads and runs
    }

    [Fact]
    public void Unsigned_weights_are_the_same_numbers()
    {
        var (graph, matrix) = Worst();
        var signed = graph.Initializers.Find(tensor => tensor.Type == ElementType.Int8)!.Data.ToArray();

        UnsignedWeights.Write(graph);

        var node = Assert.Single(graph.Nodes);
        var bytes = graph.Initializers.Find(tensor => tensor.Name == node.Input(1))!;
        var zeros = graph.Initializers.Find(tensor => tensor.Name == node.Input(3))!;
        Assert.Equal((ElementType.UInt8, ElementType.UInt8, matrix.Columns), (bytes.Type, zeros.Type, zeros.Count));
        Assert.Equal(signed.Select(value => (int)(sbyte)value), bytes.Data.ToArray().Select((value, i) => value - zeros.Data.Span[i % matrix.Columns]));
        Assert.False(UnsignedWeights.AreWanted(graph));
    }

    [Fact]
    public void Weights_that_two_products_share_are_changed_once_and_for_both()
    {
        var (graph, _) = Worst();
        var other = new OnnxNode { OpType = graph.Nodes[0].OpType, Domain = graph.Nodes[0].Domain };
        other.Inputs.AddRange(graph.Nodes[0].Inputs);
        graph.Nodes.Add(other);

        UnsignedWeights.Write(graph);

        Assert.Equal(graph.Nodes[0].Inputs, other.Inputs);
        Assert.Single(graph.Initializers, tensor => tensor.Name == other.Input(3) && tensor.Type == ElementType.UInt8);
    }

    [Fact]
    public void Here_a_product_is_what_it_should_be()
    {
        var (graph, matrix) = Worst();
        if (Vnni.SumsAreCutOff) UnsignedWeights.Write(graph);
        var model = new OnnxModel { Graph = graph, Opsets = { [""] = 18, ["com.microsoft"] = 1 } };
        OnnxWriter.Write(model, _folder["product.onnx"]);
        using var options = Sessions.Options(threads: 1);
        using var session = Sessions.Load(_folder["product.onnx"], options);
        using var input = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1f, matrix.Rows).ToArray(), [1, 1, matrix.Rows]);
        using var run = new RunOptions();
        using var product = session.Run(run, ["x"], [input], ["y"])[0];

        Assert.All(product.GetTensorDataAsSpan<float>().ToArray(), value => Assert.Equal(matrix.Rows, value, matrix.Rows * 0.01f));
    }

    [Fact]
    public void The_processor_is_asked_as_the_system_does()
    {
        if (!OperatingSystem.IsLinux() || !System.Runtime.Intrinsics.X86.X86Base.IsSupported) return; // the others do not say
        var flags = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("flags", StringComparison.Ordinal)).Split(' ');

        Assert.Equal(flags.Contains("avx_vnni") || flags.Contains("avx512_vnni"), Vnni.IsSupported);
        Assert.NotEqual(Vnni.IsSupported, Vnni.SumsAreCutOff);
    }

    private string Copy(string file)
    {
        Directory.CreateDirectory(_folder["moonshine"]);
        var to = _folder[Path.Combine("moonshine", Path.GetFileName(file))];
        File.Copy(file, to);
        return to;
    }

    // Every weight near the largest, so that each pair of products is far beyond 16 bits; one is not, lest all be taken for steps of 1.
    private static (OnnxGraph Graph, Matrix Matrix) Worst()
    {
        var matrix = new Matrix(64, 8, [.. Enumerable.Range(0, 64 * 8).Select(i => i < 8 ? 0.9937f : 1f)]);
        var graph = new GraphBuilder(WeightFormat.Columns);
        graph.Input("x", ElementType.Float, "1", "S", "64");
        graph.Product("y", "x", matrix);
        graph.Output("y", "1", "S", "8");
        return (graph.Build().Graph, matrix);
    }

    /// <summary>Products whose sum of two may be beyond 16 bits, in a file or all files of a folder.</summary>
    private static int CutOff(string path) => (File.Exists(path) ? [path] : Directory.GetFiles(path, "*.onnx"))
        .Select(file => OnnxReader.Read(file).Graph).Sum(graph => graph.Nodes.Count(node => IsCutOff(graph, node)));

    private static bool IsCutOff(OnnxGraph graph, OnnxNode node)
    {
        var bytes = node.Inputs.Select(name => graph.Initializers.Find(tensor => tensor.Name == name)).FirstOrDefault(tensor => tensor?.Type is ElementType.Int8 or ElementType.UInt8);
        if (node.OpType == "DynamicQuantizeMatMul")
            return bytes!.Type == ElementType.Int8 && 2 * byte.MaxValue * bytes.Data.ToArray().Max(value => Math.Abs((int)(sbyte)value)) > short.MaxValue; // unsigned ones are added in 32 bits
        Assert.True(bytes is null || node.OpType == "Cast", $"{node.OpType} takes bytes, and no test says how it adds them.");
        return false;
    }
}
