using System.Text.Json;
using BroadcastCaptions.Measure;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Recordings;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;
using Xunit.Abstractions;

namespace BroadcastCaptions.Speech.Tests.Whisper;

/// <summary>
/// Whisper base of many languages, from 8-bit graphs as the product runs it, beside what the reference makes of the exact weights: languages,
/// words, translations; where weights and reference are.
/// </summary>
[Collection(WithSpeechModels.Name)]
public sealed class GoldenBaseTests(SpeechModels models, ITestOutputHelper output) : IDisposable
{
    private const double SureLength = 3; // s: the issue asks for the language of no shorter file
    private const double Window = 30;
    private const double Tolerance = 0.5; // points of WER, by the issue

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Languages_words_and_translations_are_near_the_references()
    {
        if (Places.InShared("golden", "whisper-base.window.jsonl") is not { } golden || Places.InShared("models", "whisper-base") is not { } shipped) return;
        using var model = new WhisperModel(WhisperFiles.In(Copy(shipped)), new ModelOptions { Threads = 2 });
        output.WriteLine(model.Graphs.Reason);
        var (own, reference, wrong, judged) = (WordErrors.None, WordErrors.None, new List<string>(), 0);
        foreach (var line in File.ReadLines(golden))
        {
            using var entry = JsonDocument.Parse(line);
            var spoken = SpeechSet.Evaluation.Single(file => file.Name == entry.RootElement.GetProperty("file").GetString());
            if (spoken.Language.Length == 0) continue; // nobody speaks
            var samples = (await Ffmpeg.SamplesAsync(spoken.Path)).Take((int)(Window * 16_000)).ToArray();
            var (text, language) = Text(model, samples, new(Mode: RecordingMode.Accurate));
            if (spoken.Seconds >= SureLength)
            {
                judged++;
                if (language != spoken.Language) wrong.Add($"{spoken.Name} is {spoken.Language}, heard as {language}: {text}");
            }

            if (spoken is { Language: "en", IsTranscribed: true, Seconds: <= Window })
            {
                own += Errors(spoken, text);
                reference += Errors(spoken, entry.RootElement.GetProperty("transcribe").GetProperty("text").GetString()!);
            }

            if (!entry.RootElement.TryGetProperty("translate_timestamps", out var translation)) continue;
            output.WriteLine($"{spoken.Name} ({spoken.Language})\n  ours:      {Text(model, samples, new(Task: SpeechTask.Translate, Mode: RecordingMode.Accurate)).Text}\n  reference: {translation.GetProperty("text").GetString()}");
        }

        output.WriteLine($"WER {own.Percent:0.0} ({own.Words} words, {own.Empty} empty), of the reference's text {reference.Percent:0.0}; {judged - wrong.Count} of {judged} languages are right");
        wrong.ForEach(output.WriteLine);
        Assert.Empty(wrong);
        Assert.InRange(own.Percent, 0, reference.Percent + Tolerance);
    }

    private static WordErrors Errors(SpeechFile file, string text) => WordErrors.Of(SpokenWords.Of(file.Reference), SpokenWords.Of(text));

    private (string Text, string Language) Text(WhisperModel model, float[] samples, RecordingOptions options)
    {
        using var recognizer = model.CreateRecording(options, models.Detector.CreateDetector, new SpeechOptions(), new Counters());
        var finals = recognizer.Recognize(new MemorySamples(samples), default).ToList();
        return (string.Join(' ', finals.Select(final => final.Text)), finals.FirstOrDefault()?.Language ?? "");
    }

    /// <summary>Rewritten graphs are kept beside a model: not beside this one.</summary>
    private string Copy(string from)
    {
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, _folder["base", Path.GetFileName(file)]);
        return _folder["base"];
    }
}
