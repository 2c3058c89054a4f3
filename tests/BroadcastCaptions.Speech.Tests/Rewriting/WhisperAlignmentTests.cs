using System.Text.Json;
using BroadcastCaptions.Measure;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Alignment;
using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

/// <summary>Word times by the rewritten decoder's cross attention against the reference's; only where the weights are.</summary>
public sealed class WhisperAlignmentTests : IDisposable
{
    private const double Target = 0.04; // seconds, median difference of word starts (issue 5)

    private readonly TemporaryFolder _folder = new();
    private readonly WhisperTiny? _whisper = WhisperTiny.Open();

    public void Dispose()
    {
        _whisper?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Words_begin_where_the_reference_hears_them()
    {
        if (_whisper is null) return;
        var files = WhisperFiles.In(_whisper.Folder);
        var config = WhisperConfig.Read(files);
        var tokenizer = WhisperTokenizer.Load(files.Tokenizer);
        var marks = SpecialTokens.Of(tokenizer, config.IsMultilingual);
        var expected = Segments("mfa_acoustic_corpus.flac");
        var text = expected.SelectMany(segment => segment.Tokens.Where(marks.IsText)).ToList();
        using var decoder = Open(config.AlignmentHeads);
        using var aligner = new SoundAligner(decoder);
        using var states = _whisper.States("mfa_acoustic_corpus.flac");
        decoder.Attend(states, WhisperTiny.Positions, capacity: 448);

        var starts = aligner.Align(2732, [marks.Start, marks.NoTimestamps], text, marks.End);
        var words = new WordSplitter(tokenizer.Decode).Split(text, "en");
        var segments = expected.Select(segment => new TimedSegment(segment.Start, segment.End, segment.Tokens.Count(marks.IsText), [])).ToList();
        var timed = WordAlignment.Of(words, starts, [.. text.Select(_ => 1.0)], segments, offset: 0, lastSpeech: 0);

        var actual = timed.SelectMany(segment => segment.Words).ToList();
        var reference = expected.SelectMany(segment => segment.Words).ToList();
        Assert.Equal(reference.Select(word => word.Text), actual.Select(word => word.Text));
        var differences = reference.Zip(actual, (one, other) => Math.Abs(one.Start - other.Start)).Order().ToList();
        Assert.InRange(differences[differences.Count / 2], 0, Target);
        Assert.InRange(differences[differences.Count * 9 / 10], 0, 2 * Target);
    }

    [Fact]
    public async Task Words_as_live_end_where_they_were_spoken()
    {
        if (_whisper is null) return;
        foreach (var file in Directory.GetFiles(_whisper.Folder)) File.Copy(file, _folder[Path.GetFileName(file)]); // what is rewritten is kept beside it
        using var model = new WhisperModel(WhisperFiles.In(_folder.Path), new ModelOptions());
        var samples = (await Ffmpeg.SamplesAsync(Places.InShared("eval", "mfa_acoustic_corpus.flac")!))[..(25 * VoiceWindow.SampleRate)];

        var words = model.Recognize(samples, expectWords: true, []).Words.Select(word => (word.Text, word.Heard!.Value.End / (double)VoiceWindow.SampleRate));

        var off = WordTimeErrors.Of(SpeechSet.WordTimes["mfa_acoustic_corpus.flac"], words).Order().ToList();
        Assert.True(off.Count >= 30, $"Only {off.Count} words are right.");
        Assert.InRange(off[off.Count / 2], 0, 0.1);
    }

    private IntegerDecoder Open(IReadOnlyList<(int Layer, int Head)> heads)
    {
        DecoderPacker.Write(DecoderExtractor.Extract(OnnxReader.Read(Path.Combine(_whisper!.Folder, "decoder_model_merged.onnx")).Graph), _folder["decoder.weights"]);
        return new IntegerDecoder(_folder["decoder.weights"], heads: heads);
    }

    private static List<(double Start, double End, List<int> Tokens, List<(string Text, double Start, double End)> Words)> Segments(string recording)
    {
        var line = File.ReadLines(Places.InShared("golden", "whisper-tiny.en.transcribe.jsonl")!).First(line => line.Contains(recording, StringComparison.Ordinal));
        using var entry = JsonDocument.Parse(line);
        return
        [
            .. entry.RootElement.GetProperty("segments").EnumerateArray().Select(segment => (
                segment.GetProperty("start").GetDouble(), segment.GetProperty("end").GetDouble(),
                segment.GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32()).ToList(),
                segment.GetProperty("words").EnumerateArray().Select(word => (word[0].GetString()!, word[1].GetDouble(), word[2].GetDouble())).ToList())),
        ];
    }
}
