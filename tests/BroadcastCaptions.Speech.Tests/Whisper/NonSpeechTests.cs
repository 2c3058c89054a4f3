using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Recordings;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;
using Xunit.Abstractions;

namespace BroadcastCaptions.Speech.Tests.Whisper;

/// <summary>Noise, room tone, applause, typing: where nobody speaks Whisper says nothing; where weights and recordings are.</summary>
[Collection(WithSpeechModels.Name)]
public sealed class NonSpeechTests(SpeechModels models, ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("whisper-tiny.en")]
    [InlineData("whisper-base")]
    public async Task Where_nobody_speaks_there_are_no_words(string name)
    {
        if (Places.InShared("models", name) is not { } shipped) return;
        foreach (var file in Directory.GetFiles(shipped)) File.Copy(file, _folder[name, Path.GetFileName(file)]);
        var files = WhisperFiles.In(_folder[name]);
        var silent = SpeechSet.Evaluation.Where(file => file.Kind == "nonspeech");
        var said = (await TwoAtATime.RunAsync(silent, () => new WhisperModel(files, new ModelOptions { Threads = 1 }), SaidAsync)).SelectMany(each => each).ToList();
        said.ForEach(output.WriteLine);
        Assert.Empty(said);
    }

    private async Task<IReadOnlyList<string>> SaidAsync(WhisperModel model, SpeechFile file)
    {
        var said = new List<string>();
        var samples = await Ffmpeg.SamplesAsync(file.Path);
        foreach (var mode in Enum.GetValues<RecordingMode>())
        {
            var counters = new Counters();
            using var recognizer = model.CreateRecording(new(Mode: mode), models.Detector.CreateDetector, new SpeechOptions(), counters);
            foreach (var final in recognizer.Recognize(new MemorySamples(samples), default)) said.Add($"{file.Name}, {mode}: {final.Text}");
            output.WriteLine($"{file.Name}, {mode}: {string.Join(", ", counters.Snapshot().Select(pair => $"{pair.Key} {pair.Value}"))}");
        }

        return said;
    }

    /// <summary>Without a detector tiny.en tells of a city of the city of the city where there is but noise, as the reference does.</summary>
    [Fact]
    public async Task A_text_that_runs_in_circles_is_tried_again()
    {
        if (Places.InShared("models", "whisper-tiny.en") is not { } folder || Places.InShared("eval", "ns_sb_noise5.flac") is not { } noise) return;
        using var engine = new WhisperEngine(WhisperFiles.In(folder), threads: 2);
        var (samples, counters) = (await Ffmpeg.SamplesAsync(noise), new Counters());
        string Text(Fallback fallback)
        {
            using var recognizer = new SequentialRecognizer(engine, new WindowDecoder(engine, "en", translate: false, prompt: null, counters)) { Fallback = fallback };
            return string.Join(' ', recognizer.Recognize(new MemorySamples(samples), default).Select(final => final.Text));
        }

        var first = Text(Fallback.None);
        Assert.True(LoopGuard.Repeats(first), first);
        Assert.Equal(0, counters.Get("whisper.retried").Value);
        var again = Text(Fallback.Reference);
        Assert.False(LoopGuard.Repeats(again), again);
        Assert.InRange(counters.Get("whisper.retried").Value, 1, 5);
    }
}
