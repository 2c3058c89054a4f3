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
        var files = WhisperFiles.In(Copy(shipped));
        var heard = await TwoAtATime.RunAsync(File.ReadLines(golden), () => new WhisperModel(files, new ModelOptions { Threads = 1 }), HearAsync);
        var (own, reference, wrong, judged) = (WordErrors.None, WordErrors.None, new List<string>(), 0);
        foreach (var (file, text, language, expected, translations) in heard.OfType<Heard>())
        {
            if (file.Seconds >= SureLength)
            {
                judged++;
                if (language != file.Language) wrong.Add($"{file.Name} is {file.Language}, heard as {language}: {text}");
            }

            if (file is { Language: "en", IsTranscribed: true, Seconds: <= Window })
            {
                own += Errors(file, text);
                reference += Errors(file, expected);
            }

            if (translations is { } both) output.WriteLine($"{file.Name} ({file.Language})\n  ours:      {both.Own}\n  reference: {both.Reference}");
        }

        output.WriteLine($"WER {own.Percent:0.0} ({own.Words} words, {own.Empty} empty), of the reference's text {reference.Percent:0.0}; {judged - wrong.Count} of {judged} languages are right");
        wrong.ForEach(output.WriteLine);
        Assert.Empty(wrong);
        Assert.InRange(own.Percent, 0, reference.Percent + Tolerance);
    }

    /// <summary>What is heard of a file, beside a line of the reference's; null where nobody speaks.</summary>
    private async Task<Heard?> HearAsync(WhisperModel model, string line)
    {
        using var entry = JsonDocument.Parse(line);
        var file = SpeechSet.Evaluation.Single(file => file.Name == entry.RootElement.GetProperty("file").GetString());
        if (file.Language.Length == 0) return null;
        var samples = (await Ffmpeg.SamplesAsync(file.Path)).Take((int)(Window * 16_000)).ToArray();
        var (text, language) = Text(model, samples, new(Mode: RecordingMode.Accurate));
        var translations = entry.RootElement.TryGetProperty("translate_timestamps", out var translation)
            ? (Text(model, samples, new(Task: SpeechTask.Translate, Mode: RecordingMode.Accurate)).Text, translation.GetProperty("text").GetString()!)
            : ((string Own, string Reference)?)null;
        return new(file, text, language, entry.RootElement.GetProperty("transcribe").GetProperty("text").GetString()!, translations);
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

    private sealed record Heard(SpeechFile File, string Text, string Language, string Reference, (string Own, string Reference)? Translations);
}
