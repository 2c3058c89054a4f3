using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

public sealed class ConvolutionEmitterTests : IDisposable
{
    private const int Channels = 32, Outputs = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("convolution-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(7, 3, 20)]
    [InlineData(7, 3, 21)]
    [InlineData(3, 2, 9)]
    [InlineData(1, 1, 4)]
    public void A_product_over_shifted_copies_gives_what_the_convolution_gives(int kernel, int stride, int length)
    {
        var random = new Random(4);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        var (weights, bias, input) = (Numbers(Outputs * Channels * kernel), Numbers(Outputs), Numbers(Channels * length));
        var convolution = new Convolution(new Weight([Outputs, Channels, kernel], () => weights), new Weight([Outputs], () => bias), stride);
        var node = new OnnxNode { OpType = "Conv" };
        node.Inputs.AddRange(["x", "w", "b"]);
        node.Outputs.Add("y");
        node.Attributes.Add(GraphBuilder.Integers("strides", stride));

        var expected = Run(input, length, graph =>
        {
            graph.Constant("w", convolution.Weight);
            graph.Constant("b", convolution.Bias);
            graph.Include(node);
        });
        var actual = Run(input, length, graph => ConvolutionEmitter.Add(graph, node, convolution, WeightFormat.Float));

        ExtractionTests.AssertClose(expected, actual, 1e-4f);
    }

    private float[] Run(float[] input, int length, Action<GraphBuilder> build)
    {
        var graph = new GraphBuilder(WeightFormat.Float);
        graph.Input("x", ElementType.Float, "1", $"{Channels}", "L");
        build(graph);
        graph.Output("y", "1", $"{Outputs}", "M");
        var path = Path.Combine(_folder, "convolution.onnx");
        OnnxWriter.Write(graph.Build(), path);
        using var options = Sessions.Options(threads: 1);
        using var session = new InferenceSession(path, options);
        using var value = OrtValue.CreateTensorValueFromMemory(input, [1, Channels, length]);
        using var run = new RunOptions();
        using var outputs = session.Run(run, ["x"], [value], ["y"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
