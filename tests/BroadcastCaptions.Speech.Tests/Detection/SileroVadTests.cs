using BroadcastCaptions.Failures;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Speech.Tests.Detection;

[Collection(WithSpeechModels.Name)]
public sealed class SileroVadTests(SpeechModels models)
{
    [Fact]
    public async Task Speech_is_speech()
    {
        var probabilities = Judge(await Samples.OfAsync("ps_librivox_0880.wav"));

        Assert.True(probabilities.Count(p => p > 0.9) > probabilities.Count / 2);
    }

    [Fact]
    public async Task Every_window_is_judged_as_the_shipped_graph_judges_it()
    {
        using var shipped = new SileroByRuntime(models.DetectorFile);
        var speech = await Samples.OfAsync("ps_librivox_0880.wav");
        float[] samples = [.. speech, .. speech.Select(sample => sample * 0.3f), .. Enumerable.Range(0, 8000).Select(i => 0.3f * MathF.Sin(i * 0.5f))];
        var own = Judge(samples);

        for (var i = 0; i < own.Count; i++) Assert.Equal(shipped.Next(samples.AsSpan(i * VoiceWindow.Samples, VoiceWindow.Samples)), own[i], 1e-4f);
    }

    [Theory]
    [InlineData("The file")]
    [InlineData("")]
    public void A_file_that_is_not_Silero_is_named(string content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["silero.onnx"], content);

        var failure = Assert.Throws<CaptionsException>(() => new SileroVad(folder["silero.onnx"]));

        Assert.Contains(folder["silero.onnx"], failure.Message, StringComparison.Ordinal);
        Assert.Contains("models pull", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_hum_and_silence_are_not()
    {
        var random = new Random(1);
        var noise = Enumerable.Range(0, 80_000).Select(_ => 0.05f * ((random.NextSingle() * 2) - 1));
        var hum = Enumerable.Range(0, 80_000).Select(i => 0.1f * MathF.Sin(2 * MathF.PI * 50 * i / 16_000));

        Assert.All(Judge([.. noise, .. hum, .. new float[80_000]]), p => Assert.InRange(p, 0, 0.5f));
    }

    [Fact]
    public async Task A_reset_detector_knows_nothing_of_the_past()
    {
        var speech = await Samples.OfAsync("lj_LJ001-0008.wav");
        using var detector = models.Detector.CreateDetector();
        var first = Judge(speech, detector);

        Assert.NotEqual(first, Judge(speech, detector));
        detector.Reset();
        Assert.Equal(first, Judge(speech, detector));
    }

    [Theory]
    [InlineData(0f, true)]
    [InlineData(0.005f, true)] // a room's noise
    [InlineData(0.05f, false)] // known noise stays known
    public async Task After_two_seconds_of_silence_another_voice_is_judged_afresh(float noise, bool isAfresh)
    {
        var random = new Random(1);
        var (first, second) = (await Samples.OfAsync("lj_LJ001-0008.wav"), await Samples.OfAsync("ps_librivox_0880.wav"));
        var pause = Enumerable.Range(0, 3 * VoiceWindow.SampleRate).Select(_ => noise * ((random.NextSingle() * 2) - 1));
        float[] both = [.. first, .. pause, .. second];
        var probabilities = Judge(both);

        var pauses = Enumerable.Range(first.Length / VoiceWindow.Samples, 3 * VoiceWindow.SampleRate / VoiceWindow.Samples);
        Assert.Equal(isAfresh, pauses.Any(from => IsJudgedFrom(from)));

        // The very same but for the window's first samples, which came with what lay before them.
        bool IsJudgedFrom(int window) => Judge(both[(window * VoiceWindow.Samples)..]).Zip(probabilities[window..]).Max(pair => Math.Abs(pair.First - pair.Second)) < 0.004f;
    }

    [Fact]
    public async Task Two_sources_do_not_hear_each_other()
    {
        var speech = await Samples.OfAsync("lj_LJ001-0008.wav");
        using var a = models.Detector.CreateDetector();
        using var b = models.Detector.CreateDetector();

        var together = new List<float>();
        for (var at = 0; at + VoiceWindow.Samples <= speech.Length; at += VoiceWindow.Samples)
        {
            together.Add(a.Next(speech.AsSpan(at, VoiceWindow.Samples)));
            b.Next(new float[VoiceWindow.Samples]);
        }

        Assert.Equal(Judge(speech), together);
    }

    [Fact]
    public async Task Judging_a_window_allocates_nothing()
    {
        var speech = await Samples.OfAsync("lj_LJ001-0008.wav");
        using var detector = models.Detector.CreateDetector();
        var window = speech.AsMemory(0, VoiceWindow.Samples);

        Assert.Equal(0, Allocations.Of(() => detector.Next(window.Span)));
    }

    private List<float> Judge(float[] samples)
    {
        using var detector = models.Detector.CreateDetector();
        return Judge(samples, detector);
    }

    private static List<float> Judge(float[] samples, IVoiceDetector detector)
    {
        var probabilities = new List<float>();
        for (var at = 0; at + VoiceWindow.Samples <= samples.Length; at += VoiceWindow.Samples)
            probabilities.Add(detector.Next(samples.AsSpan(at, VoiceWindow.Samples)));
        return probabilities;
    }
}
