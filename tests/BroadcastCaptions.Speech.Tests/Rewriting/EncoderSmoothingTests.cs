using System.Numerics.Tensors;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.Speech.Rewriting;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.Speech.Rewriting.Smoothing;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

[Collection(WithSpeechModels.Name)]
public sealed class EncoderSmoothingTests(SpeechModels models) : IDisposable
{
    private const int Seconds = 6;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("moonshine-tiny")]
    [InlineData("moonshine-base")]
    public async Task In_floats_it_changes_nothing_and_in_eight_bits_it_comes_nearer_to_them(string model)
    {
        var files = await models.FilesAsync(model);
        var raw = EncoderExtractor.Extract(OnnxReader.Read(files.Encoder).Graph);
        var heads = DecoderExtractor.Extract(OnnxReader.Read(files.Decoder).Graph).Heads;
        StemPacker.Write(StemWeights.Read(raw.Front, raw.Width), _folder["encoder.stem"]);
        var smoothed = EncoderSmoothing.Apply(raw, LayerPeaks.Measure(raw, heads, _folder["encoder.stem"], _folder["floats.onnx"]));
        Assert.Equal([_folder["encoder.stem"]], Directory.GetFiles(_folder.Path)); // what it measured with is gone
        var speech = (await Samples.OfAsync(SpeechSet.Kept.MaxBy(file => file.Seconds)!))[..(Seconds * VoiceWindow.SampleRate)];

        var expected = Encode(raw, WeightFormat.Float);

        Assert.InRange(Distance(expected, Encode(smoothed, WeightFormat.Float)), 0, 1e-3);
        Assert.InRange(Distance(expected, Encode(smoothed, WeightFormat.Columns)), 0, 0.9 * Distance(expected, Encode(raw, WeightFormat.Columns)));

        float[] Encode(EncoderWeights weights, WeightFormat format)
        {
            GraphFile.Write(MoonshineEncoderEmitter.Emit(weights, heads, format), _folder["encoder.onnx"], unsigned: Vnni.SumsAreCutOff);
            using var options = Sessions.Options(threads: 1);
            using var encoder = new MoonshineEncoder(_folder["encoder.onnx"], options);
            using var states = encoder.Encode(speech, minimum: 0);
            return states.GetTensorDataAsSpan<float>().ToArray();
        }
    }

    /// <summary>Of the expected vector's length.</summary>
    private static float Distance(float[] expected, float[] actual) => TensorPrimitives.Distance<float>(expected, actual) / TensorPrimitives.Norm<float>(expected);
}
