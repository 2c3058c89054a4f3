using System.Text.Json;
using BroadcastCaptions.Measure;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;
using Microsoft.ML.OnnxRuntime;
using Xunit.Abstractions;

namespace BroadcastCaptions.Speech.Tests.Whisper;

/// <summary>Whole recordings in sequence, without fallback, beside what the reference made of them; where weights and reference are.</summary>
[Collection(WithSpeechModels.Name)]
public sealed class GoldenRecordingTests(ITestOutputHelper output) : IDisposable
{
    private const double Target = 0.04; // s, by the issue

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Words_and_their_times_are_the_references()
    {
        if (Places.InShared("golden", "whisper-tiny.en.transcribe.jsonl") is not { } golden || Places.InShared("models", "whisper-tiny.en") is not { } folder) return;
        using var engine = Open(folder);
        var differences = new List<double>();
        var (same, errors, segmentsOfThose, inPlace) = (0, WordErrors.None, 0, 0);
        foreach (var line in File.ReadLines(golden))
        {
            using var entry = JsonDocument.Parse(line);
            var file = entry.RootElement.GetProperty("file").GetString()!;
            using var recognizer = new SequentialRecognizer(engine, new WindowDecoder(engine, "en", translate: false, prompt: null, new Counters())) { Fallback = Fallback.None };
            var finals = recognizer.Recognize(new MemorySamples(await Ffmpeg.SamplesAsync(Places.InShared("eval", file)!)), default).ToList();
            var words = finals.SelectMany(final => final.Words).ToList();
            var segments = entry.RootElement.GetProperty("segments").EnumerateArray().ToList();
            var expected = segments.SelectMany(segment => segment.GetProperty("words").EnumerateArray()).Select(word => (Text: word[0].GetString()!, Start: word[1].GetDouble())).ToList();
            var (own, reference) = (string.Join(' ', finals.Select(final => final.Text)), string.Concat(expected.Select(word => word.Text)).Trim());
            output.WriteLine($"{file}: {(own == reference ? "the same text" : $"\"{own}\" for \"{reference}\"")}");
            if (own == reference)
            {
                same++;
                Assert.Equal(segments.Select(segment => segment.GetProperty("text").GetString()!.Trim()), finals.Select(final => final.Text));
                segmentsOfThose += segments.Count;
                inPlace += AsInReference(finals, segments);
            }

            errors += WordErrors.Of(SpokenWords.Of(reference), SpokenWords.Of(own));
            differences.AddRange(Differences(words, expected));
        }

        differences.Sort();
        output.WriteLine($"{differences.Count} words: starts differ by {differences[differences.Count / 2]:0.000} s in the median, {differences[(int)(differences.Count * 0.95)]:0.000} s at p95");
        output.WriteLine($"{same} files have the reference's text; {errors.Percent:0.0} % of its words are others");
        output.WriteLine($"Their {segmentsOfThose} segments are the reference's; {inPlace} of them begin and end within {Target} s of where it has them");
        Assert.InRange(differences[differences.Count / 2], 0, Target);
        Assert.True(inPlace >= 0.8 * segmentsOfThose, $"Only {inPlace} of {segmentsOfThose} segments begin and end where the reference has them.");
        // The reference normalises the loudness of the whole recording at once, and its windows' edges hear their neighbours: both want the
        // whole file in memory. Windows that follow from a window that differs differ, too.
        Assert.True(same >= 6, $"Only {same} files have the reference's text.");
        Assert.InRange(errors.Percent, 0, 1);
    }

    /// <summary>Of how many segments do beginning and end lie where the reference has them?</summary>
    private static int AsInReference(List<Transcript> finals, List<JsonElement> segments) => finals.Zip(segments).Count(pair =>
        Math.Abs(pair.First.Start.Seconds - pair.Second.GetProperty("start").GetDouble()) <= Target && Math.Abs(pair.First.End.Seconds - pair.Second.GetProperty("end").GetDouble()) <= Target);

    /// <summary>Seconds between starts, of words at the same letter of the same text.</summary>
    private static IEnumerable<double> Differences(List<TimedWord> words, List<(string Text, double Start)> expected)
    {
        var starts = new Dictionary<(int, string), double>();
        var at = 0;
        foreach (var (text, start) in expected)
        {
            starts[(at, text.Trim())] = start;
            at += text.Trim().Length;
        }

        at = 0;
        foreach (var word in words)
        {
            if (starts.TryGetValue((at, word.Text), out var start)) yield return Math.Abs(start - word.Start.Seconds);
            at += word.Text.Length;
        }
    }

    /// <summary>The shipped model, in floats as the reference is, with our own word times.</summary>
    private WhisperEngine Open(string folder)
    {
        var files = WhisperFiles.In(folder);
        DecoderPacker.Write(DecoderExtractor.Extract(OnnxReader.Read(files.Decoder).Graph), _folder["decoder.weights"]);
        var own = new IntegerDecoder(_folder["decoder.weights"], threads: 2, WhisperConfig.Read(files).AlignmentHeads);
        return new WhisperEngine(files, threads: 2, files.Encoder, _ => new BesideAnother(new MergedDecoder(files.Decoder, threads: 2), own)) { Aligner = new(own) };
    }

    /// <summary>A decoder beside which another one hears the same.</summary>
    private sealed class BesideAnother(ITokenDecoder decoder, ITokenDecoder other) : ITokenDecoder
    {
        public int VocabularySize => decoder.VocabularySize;

        public void Attend(OrtValue states, int length, int capacity)
        {
            decoder.Attend(states, length, capacity);
            other.Attend(states, length, capacity);
        }

        public ReadOnlySpan<float> Start(ReadOnlySpan<long> tokens, int firstRow = 0) => decoder.Start(tokens, firstRow);

        public void Keep(int count) => decoder.Keep(count);

        public ReadOnlySpan<float> Step(long token) => decoder.Step(token);

        public void Dispose()
        {
            decoder.Dispose();
            other.Dispose();
        }
    }
}
