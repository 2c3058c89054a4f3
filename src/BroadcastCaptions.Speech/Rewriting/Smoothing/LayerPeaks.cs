using System.Numerics.Tensors;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.Speech.Moonshine.Convolving;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Rewriting.Smoothing;

/// <summary>How large each channel of what a layer's products read becomes on speech.</summary>
/// <param name="Attention">Behind the norm before its attention, one a channel.</param>
/// <param name="Feed">Behind the norm before its feed-forward.</param>
internal sealed record LayerPeaks(float[] Attention, float[] Feed)
{
    /// <summary>Runs a Moonshine encoder in floats over the built-in clips.</summary>
    /// <param name="weights">The encoder.</param>
    /// <param name="heads">Heads of each attention.</param>
    /// <param name="stem">What lies before its layers, written.</param>
    /// <param name="path">Where a graph in floats may be written; it is deleted again.</param>
    /// <returns>One a layer.</returns>
    public static IReadOnlyList<LayerPeaks> Measure(EncoderWeights weights, int heads, string stem, string path)
    {
        var model = MoonshineEncoderEmitter.Emit(weights, heads, WeightFormat.Float);
        var names = Enumerable.Range(0, weights.Layers.Count).SelectMany(MoonshineEncoderEmitter.Norms).ToArray();
        foreach (var name in names) model.Graph.Outputs.Add(new OnnxValue(name, ElementType.Float, ["1", "T", $"{weights.Width}"]));
        try
        {
            GraphFile.Write(model, path, unsigned: false, apart: true);
            var peaks = Run(stem, path, names, weights.Width);
            return [.. peaks.Chunk(2).Select(layer => new LayerPeaks(layer[0], layer[1]))];
        }
        finally
        {
            GraphFile.Delete(path);
        }
    }

    private static float[][] Run(string stem, string path, string[] names, int width)
    {
        var peaks = names.Select(_ => new float[width]).ToArray();
        using var options = Sessions.Options(threads: 1);
        using var session = Sessions.Load(path, options);
        using var run = new RunOptions();
        using var before = new Stem(stem);
        foreach (var clip in BuiltInClips.All())
        {
            var steps = new float[before.Steps(clip.Length) * width];
            before.Hear(clip, steps);
            using var input = OrtValue.CreateTensorValueFromMemory(steps, [1, steps.Length / width, width]);
            using var outputs = session.Run(run, [MoonshineEncoder.Steps], [input], names);
            for (var i = 0; i < peaks.Length; i++)
                for (var values = outputs[i].GetTensorDataAsSpan<float>(); values.Length > 0; values = values[width..])
                    TensorPrimitives.MaxMagnitude(values[..width], peaks[i], peaks[i]);
        }

        foreach (var channels in peaks) TensorPrimitives.Abs(channels, channels);
        return peaks;
    }
}
