using BroadcastCaptions.Failures;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Recordings;
using BroadcastCaptions.Speech.Rewriting;
using BroadcastCaptions.Speech.Rewriting.Running;
using BroadcastCaptions.Speech.Tests.Streaming;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Speech.Tests.Whisper;

/// <summary>The whole path, without any real weights: load, features, encoder, decoder, rules, recordings.</summary>
public sealed class WhisperPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, true)] // distilled: fewer layers in the decoder
    [InlineData(2, false)]
    public void What_is_decoded_step_by_step_is_what_one_pass_verifies(int decoderLayers, bool merged)
    {
        using var engine = new WhisperEngine(Tiny(decoderLayers: decoderLayers).Write(merged), threads: 1);
        engine.Hear(Noise(1), engine.Config.WindowFrames);
        foreach (var timestamps in new[] { false, true })
        {
            var prompt = WhisperPrompt.Of(engine, "de", translate: false, timestamps);
            var stepped = engine.Search.Run(engine.Decoder, prompt, new(timestamps, 30));
            var verified = engine.Search.Run(engine.Decoder, prompt, new(timestamps, 30) { Draft = stepped.Tokens });
            var corrected = engine.Search.Run(engine.Decoder, prompt, new(timestamps, 30) { Draft = [.. stepped.Tokens.Take(5), new(77, 0), .. stepped.Tokens.Skip(5)] });

            Assert.InRange(stepped.Tokens.Count, 6, 30);
            Assert.Equal(stepped.Tokens.Select(token => token.Id), verified.Tokens.Select(token => token.Id));
            Assert.Equal(stepped.Tokens.Select(token => token.Id), corrected.Tokens.Select(token => token.Id));
            Assert.Equal(stepped.SumLogProbability, verified.SumLogProbability, 1e-3);
        }
    }

    [Fact]
    public void Text_with_times_keeps_the_rules()
    {
        using var engine = new WhisperEngine(Tiny().Write(), threads: 1);
        var marks = engine.Marks;
        for (var round = 1; round <= 8; round++)
        {
            engine.Hear(Noise(round), engine.Config.WindowFrames);
            var options = new SearchOptions(Timestamps: true, 40) { Temperature = round, Random = new(round) };
            int[] said = [.. engine.Search.Run(engine.Decoder, WhisperPrompt.Of(engine, "en", false, true), options).Tokens.Select(token => token.Id)];

            Assert.InRange(said[0], marks.FirstTimestamp, marks.FirstTimestamp + engine.Config.MaximumInitialTimestamp);
            Assert.DoesNotContain(said, engine.Config.Suppressed.Contains);
            Assert.DoesNotContain(marks.NoTimestamps, said);
            int[] times = [.. said.Where(marks.IsTimestamp)];
            Assert.Equal(times.Order(), times);
            for (var i = 2; i < said.Length; i++)
                Assert.False(marks.IsTimestamp(said[i]) && marks.IsTimestamp(said[i - 1]) && marks.IsTimestamp(said[i - 2]), "three time marks in a row");
        }
    }

    [Fact]
    public void A_language_is_found_and_one_that_is_unknown_is_told()
    {
        using var engine = new WhisperEngine(Tiny().Write(), threads: 1);
        engine.Hear(Noise(1), engine.Config.WindowFrames);
        var (language, probability) = engine.Search.Language(engine.Decoder);

        Assert.Contains(language, engine.Marks.Languages.Keys);
        Assert.InRange(probability, 1.0 / 3, 1);
        Assert.Equal(["de", "en", "ja"], engine.Marks.Languages.Keys.Order());
        Assert.Contains("\"tlh\"", Assert.Throws<CaptionsException>(() => WhisperPrompt.Check(engine, "tlh", translate: false)).Message, StringComparison.Ordinal);
        WhisperPrompt.Check(engine, "ja", translate: true);
    }

    [Fact]
    public void An_English_model_does_not_translate()
    {
        using var engine = new WhisperEngine(Tiny(isMultilingual: false).Write(), threads: 1);
        Assert.Equal([engine.Marks.Start, engine.Marks.NoTimestamps], WhisperPrompt.Of(engine, "en", false, timestamps: false));
        Assert.Contains("cannot translate", Assert.Throws<CaptionsException>(() => WhisperPrompt.Check(engine, null, translate: true)).Message, StringComparison.Ordinal);
        Assert.Throws<CaptionsException>(() => WhisperPrompt.Check(engine, "de", translate: false));
        WhisperPrompt.Check(engine, "en", translate: false);
    }

    [Theory]
    [InlineData(RecordingMode.Fast)]
    [InlineData(RecordingMode.Accurate)]
    public void A_recording_of_many_windows_gives_finals_in_order(RecordingMode mode)
    {
        using var model = new WhisperModel(Tiny().Write(), new ModelOptions());
        using var recognizer = model.CreateRecording(new(Mode: mode), () => new LoudnessDetector(), new SpeechOptions(), new Counters(), "Names: Ada");
        var sound = Audio16k.Alternating(0.5, 2.2, 1.5, 0.7, 0.3, 4.1, 2);
        var finals = recognizer.Recognize(new MemorySamples(sound), default).ToList();

        Assert.NotEmpty(finals);
        Assert.Equal(Enumerable.Range(1, finals.Count).Select(i => (long)i), finals.Select(final => final.Segment));
        Assert.All(finals, final => Assert.True(final.IsFinal && final.Words.Count > 0 && final.StableWords == final.Words.Count));
        Assert.All(finals, final => Assert.InRange(final.End.Seconds, final.Start.Seconds, sound.Length / 16_000.0));
        for (var i = 1; i < finals.Count; i++) Assert.True(finals[i].Start >= finals[i - 1].Start);
        if (mode == RecordingMode.Fast) Assert.All(finals.SelectMany(final => final.Words), word => Assert.False(word.Start.Seconds is > 3.3 and < 3.65, "a word where nobody speaks"));
        Assert.Equal(finals.Select(final => final.Text), recognizer.Recognize(new MemorySamples(sound), default).Select(final => final.Text));
    }

    [Fact]
    public void Windows_that_are_decoded_together_say_what_each_says_alone()
    {
        var files = Tiny().Write();
        using var engine = new WhisperEngine(files, threads: 2, WhisperRewriter.Open(files).Files);
        var fused = Assert.IsType<FusedDecoder>(engine.Decoder);
        var prompt = WhisperPrompt.Of(engine, "de", translate: false, timestamps: true, [7, 8, 9]);
        using var rows = fused.Rows(3, TinyWhisper.Positions, TinyWhisper.MaximumTokens, 0).Decoder;
        var search = new RowSearch(engine.Rules, engine.Marks, engine.Config.Vocabulary, threads: 2);
        var alone = new List<int[]>();
        for (var window = 0; window < 3; window++)
        {
            engine.Hear(Noise(window + 1), engine.Config.WindowFrames);
            rows.Add();
            alone.Add([.. engine.Search.Run(engine.Decoder, prompt, new(Timestamps: true, 24) { CutLoops = true }).Tokens.Select(token => token.Id)]);
        }

        var together = search.Run(rows, prompt, 24).ToDictionary(answer => answer.Window, answer => answer.Answer.Tokens.Select(token => token.Id).ToArray());
        Assert.Equal(0, rows.Count);
        for (var window = 0; window < 3; window++) Assert.Equal(alone[window], together[window]);
        Assert.NotEqual(alone[0], alone[1]);
    }

    [Fact]
    public void A_recordings_text_does_not_depend_on_the_batch()
    {
        using var model = new WhisperModel(Tiny().Write(), new ModelOptions());
        var sound = Audio16k.Alternating(0.5, 2.2, 1.5, 0.7, 0.3, 4.1, 2);
        string Text(int? batch)
        {
            using var recognizer = model.CreateRecording(new(BatchSize: batch), () => new LoudnessDetector(), new SpeechOptions(), new Counters());
            return string.Join('\n', recognizer.Recognize(new MemorySamples(sound), default).Select(final => $"{final.Start.Seconds:0.00} {final.Text}"));
        }

        Assert.NotEmpty(Text(1));
        foreach (var batch in new int?[] { 2, 5, null }) Assert.Equal(Text(1), Text(batch));
    }

    [Fact]
    public void A_recording_can_be_stopped()
    {
        using var model = new WhisperModel(Tiny().Write(), new ModelOptions());
        using var recognizer = model.CreateRecording(new(), () => new LoudnessDetector(), new SpeechOptions(), new Counters());
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => recognizer.Recognize(new MemorySamples(Audio16k.Alternating(0, 3)), stop.Token).ToList());
    }

    [Fact]
    public void Live_it_answers_growing_segments_as_if_they_were_new()
    {
        using var model = new WhisperModel(Tiny().Write(), new ModelOptions(), "en");
        var sound = Noise(3);
        IReadOnlyList<ScoredToken> previous = [];
        for (var length = 4_000; length <= 16_000; length += 4_000)
        {
            var drafted = model.Recognize(sound.AsSpan(0, length), expectWords: true, previous);
            Assert.Equal(model.Recognize(sound.AsSpan(0, length), expectWords: true, []).Tokens.Select(token => token.Id), drafted.Tokens.Select(token => token.Id));
            previous = drafted.Tokens;
        }
    }

    private TinyWhisper Tiny(bool isMultilingual = true, int decoderLayers = 2) => new(_folder["model"], isMultilingual, decoderLayers: decoderLayers);

    private static float[] Noise(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 16_000).Select(i => (random.NextSingle() - 0.5f) * MathF.Sin(i * 0.0003f * seed))];
    }

    private sealed class MemorySamples(float[] samples) : ISpeechSamples
    {
        private int _at;

        public int Read(Span<float> buffer)
        {
            var count = Math.Min(Math.Min(buffer.Length, 700), samples.Length - _at); // in small portions, as a slow source gives them
            samples.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }
    }
}
