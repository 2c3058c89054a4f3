using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.TestKit.Processes;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

/// <summary>What lies before an encoder's layers as Moonshine's exports write it, small and of random weights: what ours is compared with.</summary>
internal sealed class SyntheticStem
{
    public const int Width = 10;
    public const int Kernel = 13, Stride = 4; // of the convolution over samples
    private const int Channels = 12, Inner = 20;

    private readonly Random _random = new(6);
    private readonly GraphBuilder _graph = new(WeightFormat.Float);

    /// <summary>Builds the graph.</summary>
    /// <param name="activation">Behind the first convolution.</param>
    /// <param name="kernels">Of the second convolution and those after it.</param>
    /// <param name="pad">Silence in front of the first.</param>
    /// <param name="groups">Channels that are normed together: all, or each by itself.</param>
    public OnnxModel Build(string activation = "Tanh", int[]? kernels = null, int pad = 0, int groups = 1)
    {
        _graph.Input("input_values", ElementType.Float, "1", "samples");
        var samples = _graph.Node("Unsqueeze", ["input_values", _graph.Constant("axis", 1)], ["samples"]);
        var bent = _graph.Node(activation, [Convolve("first", samples, 1, Channels, Kernel, Stride, bias: false, pad)], ["bent"]);
        var grouped = _graph.Node("Reshape", [bent, _graph.Constant("groups", 0, groups, -1)], ["grouped"]);
        var normed = _graph.Node("InstanceNormalization", [grouped, Same("ones", groups, 1), Same("zeros", groups, 0)], ["normed"], GraphBuilder.Number("epsilon", 1e-5f));
        var again = _graph.Node("Reshape", [normed, _graph.Node("Shape", [bent], ["shape"])], ["again"]);
        var scaled = _graph.Node("Mul", [again, _graph.Constant("scale", [Channels, 1], Numbers(Channels, 1))], ["scaled"]);
        var value = _graph.Node("Add", [scaled, _graph.Constant("shift", [Channels, 1], Numbers(Channels, 0))], ["shifted"]);
        var (inputs, left) = (Channels, kernels ?? [7, 3]);
        for (var i = 0; i < left.Length; i++)
        {
            var outputs = i + 1 == left.Length ? Width : Inner;
            value = Gelu($"gelu_{i}", Convolve($"later_{i}", value, inputs, outputs, left[i], i == 0 ? 3 : 2, bias: true));
            inputs = outputs;
        }

        _graph.Node("Transpose", [value], ["states"], GraphBuilder.Integers("perm", 0, 2, 1));
        _graph.Output("states", "1", "steps", $"{Width}");
        return _graph.Build();
    }

    /// <summary>What the graph itself gives.</summary>
    public static float[] Run(OnnxModel model, float[] samples, TemporaryFolder folder)
    {
        OnnxWriter.Write(model, folder["stem.onnx"]);
        using var options = Sessions.Options(threads: 1);
        using var session = new InferenceSession(folder["stem.onnx"], options);
        using var value = OrtValue.CreateTensorValueFromMemory(samples, [1, samples.Length]);
        using var run = new RunOptions();
        using var outputs = session.Run(run, ["input_values"], [value], ["states"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private string Convolve(string name, string input, int inputs, int outputs, int kernel, int stride, bool bias, int pad = 0)
    {
        var weight = _graph.Constant($"{name}_weight", [outputs, inputs, kernel], Numbers(outputs * inputs * kernel, 0));
        string[] operands = bias ? [input, weight, _graph.Constant($"{name}_bias", [outputs], Numbers(outputs, 0))] : [input, weight];
        return _graph.Node("Conv", operands, [name], GraphBuilder.Integers("strides", stride), GraphBuilder.Integers("pads", pad, 0));
    }

    private string Gelu(string name, string input)
    {
        var erf = _graph.Node("Erf", [_graph.Node("Div", [input, _graph.Constant($"{name}_root", [], [MathF.Sqrt(2)])], [$"{name}_divided"])], [$"{name}_erf"]);
        var sum = _graph.Node("Add", [erf, _graph.Constant($"{name}_one", [], [1])], [$"{name}_sum"]);
        return _graph.Node("Mul", [_graph.Node("Mul", [input, sum], [$"{name}_product"]), _graph.Constant($"{name}_half", [], [0.5f])], [name]);
    }

    private string Same(string name, int count, float number) => _graph.Constant(name, [count], [.. Enumerable.Repeat(number, count)]);

    private float[] Numbers(int count, float around) => [.. Enumerable.Range(0, count).Select(_ => around + _random.NextSingle() - 0.5f)];
}
