using BroadcastCaptions.Failures;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Recordings;
using BroadcastCaptions.Speech.Rewriting;
using BroadcastCaptions.Speech.Tests.Streaming;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Speech.Tests.Whisper;

/// <summary>The whole path, without any real weights: load, features, encoder, decoder, rules, recordings.</summary>
public sealed class WhisperPathTests : IDisposable
{
    private const int Portion = 700; // samples: as a slow source gives them

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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Several_texts_side_by_side_find_a_surer_one(bool rewritten)
    {
        var files = Tiny().Write();
        using var engine = new WhisperEngine(files, threads: 1, rewritten ? WhisperRewriter.Open(files).Files : null);
        Assert.Equal(rewritten, engine.Decoder is IForkingDecoder);
        var (surer, others) = (0, 0);
        for (var seed = 1; seed <= 8; seed++)
        {
            engine.Hear(Noise(seed), engine.Config.WindowFrames);
            var prompt = WhisperPrompt.Of(engine, "en", translate: false, timestamps: true);
            Decoded Run(int beams) => engine.Search.Run(engine.Decoder, prompt, new(Timestamps: true, 12) { BeamSize = beams });
            var (greedy, wide) = (Run(1), Run(4));
            Assert.Equal(greedy.NoSpeech, wide.NoSpeech, 1e-5);
            // What a step found is what one pass over the text finds.
            var verified = engine.Search.Run(engine.Decoder, prompt, new(Timestamps: true, wide.Tokens.Count) { Draft = wide.Tokens });
            var scores = engine.Decoder.Start([.. prompt.Concat(wide.Tokens.Select(token => token.Id)).Select(id => (long)id)], prompt.Count - 1).ToArray();
            for (var i = 0; i < wide.Tokens.Count; i++) AssertSaid(engine, scores, i, wide.Tokens);
            if (wide.SumLogProbability / wide.Tokens.Count > (greedy.SumLogProbability / greedy.Tokens.Count) + 1e-3) surer++;
            if (!verified.Tokens.Select(token => token.Id).SequenceEqual(wide.Tokens.Select(token => token.Id))) others++;
        }

        Assert.True(surer >= 4, $"Of 8 windows only {surer} got a surer text.");
        Assert.True(others >= 4, "They are what the greedy search says.");
    }

    private static void AssertSaid(WhisperEngine engine, float[] scores, int at, IReadOnlyList<ScoredToken> tokens)
    {
        var vocabulary = engine.Config.Vocabulary;
        var row = scores.AsSpan(at * vocabulary, vocabulary);
        new TokenRules(engine.Config, engine.Marks).Apply(row, [.. tokens.Take(at)], timestamps: true);
        var (most, sum) = (System.Numerics.Tensors.TensorPrimitives.Max<float>(row), 0.0);
        foreach (var score in row) sum += Math.Exp(score - most);
        Assert.Equal(row[tokens[at].Id] - most - Math.Log(sum), tokens[at].LogProbability, 0.2); // one row and many go through different kernels
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
        using var recognizer = model.CreateRecording(new(Mode: mode) { Keyterms = ["Ada"] }, () => new LoudnessDetector(), new SpeechOptions(), new Counters());
        var sound = Audio16k.Alternating(0.5, 2.2, 1.5, 0.7, 0.3, 4.1, 2);
        var finals = recognizer.Recognize(new MemorySamples(sound, Portion), default).ToList();

        Assert.NotEmpty(finals);
        Assert.Equal(Enumerable.Range(1, finals.Count).Select(i => (long)i), finals.Select(final => final.Segment));
        Assert.All(finals, final => Assert.True(final.IsFinal && final.Words.Count > 0 && final.StableWords == final.Words.Count));
        Assert.All(finals, final => Assert.InRange(final.End.Seconds, final.Start.Seconds, sound.Length / 16_000.0));
        for (var i = 1; i < finals.Count; i++) Assert.True(finals[i].Start >= finals[i - 1].Start);
        if (mode == RecordingMode.Fast) Assert.All(finals.SelectMany(final => final.Words), word => Assert.False(word.Start.Seconds is > 3.3 and < 3.65, "a word where nobody speaks"));
        Assert.Equal(finals.Select(final => final.Text), recognizer.Recognize(new MemorySamples(sound, Portion), default).Select(final => final.Text));
    }

    [Fact]
    public void A_text_that_the_model_doubts_is_tried_again_and_the_surest_stands()
    {
        using var engine = new WhisperEngine(Tiny().Write(), threads: 1);
        var (sound, counters) = (Noise(1), new Counters());
        engine.Hear(sound, engine.Config.WindowFrames);
        var first = engine.Search.Run(engine.Decoder, WhisperPrompt.Of(engine, "en", translate: false, timestamps: true), new(Timestamps: true, engine.Config.MaximumTokens / 2));
        var decoder = new WindowDecoder(engine, "en", translate: false, prompt: null, counters);
        int[] Decode(double least, params float[] temperatures) =>
            [.. decoder.Decode(sound, engine.Config.WindowFrames, [], new(temperatures, 3, least), Voice.Surely).Select(token => token.Id)];

        Assert.Equal(first.Tokens.Select(token => token.Id), Decode(first.AverageLogProbability - 0.01, 0, 1));
        Assert.Equal(0, counters.Get("whisper.retried").Value);
        Assert.NotEqual(first.Tokens.Select(token => token.Id), Decode(first.AverageLogProbability - 20, 9)); // what a warm one says
        Assert.Equal(first.Tokens.Select(token => token.Id), Decode(first.AverageLogProbability + 0.01, 0, 9, 9)); // less sure, each of them
        Assert.Equal((3, 9), (counters.Get("whisper.retried").Value, decoder.Temperature));
    }

    [Fact]
    public void Words_as_live_say_where_they_are_heard()
    {
        using var model = new WhisperModel(Tiny().Write(), new ModelOptions());
        var sound = Noise(3)[..12_000];

        var words = model.Recognize(sound, expectWords: true, []).Words;

        Assert.NotEmpty(words);
        HeardSpan[] heard = [.. words.Select(word => word.Heard!.Value)];
        Assert.All(heard, span => Assert.InRange(span.Start, 0, span.End - 1));
        Assert.Equal(heard.Select(span => span.Start).Order(), heard.Select(span => span.Start));
        Assert.InRange(heard[^1].End, 1, sound.Length + 319); // a position of 320 samples that is not full; behind it lies silence
    }

    [Fact]
    public void Windows_that_are_decoded_together_say_what_each_says_alone()
    {
        var files = Tiny().Write();
        using var engine = new WhisperEngine(files, threads: 2, WhisperRewriter.Open(files).Files);
        var own = Assert.IsType<IntegerDecoder>(engine.Decoder);
        var prompt = WhisperPrompt.Of(engine, "de", translate: false, timestamps: true, [7, 8, 9]);
        using var rows = new DecoderRows(own, TinyWhisper.Positions, TinyWhisper.MaximumTokens);
        int Frames(int seed) => engine.Config.WindowFrames - (20 * (seed % 3)); // some end before others
        int[] Alone(int seed)
        {
            engine.Hear(Noise(seed), Frames(seed));
            return [.. engine.Search.Run(engine.Decoder, prompt, new(Timestamps: true, 24) { CutLoops = true }).Tokens.Select(token => token.Id)];
        }

        // As if the first window's text ended early: the last one's row takes its place.
        var texts = Enumerable.Range(1, 30).Select(seed => (Seed: seed, Said: Alone(seed))).ToList();
        var (windows, end) = (
            from first in texts
            from at in Enumerable.Range(8, Math.Max(0, first.Said.Length - 8))
            where Array.IndexOf(first.Said, first.Said[at]) == at
            let others = texts.Where(text => text.Said.Length > at + 4 && !text.Said.Contains(first.Said[at])).DistinctBy(text => string.Join(' ', text.Said)).Take(2).ToList()
            where others.Count == 2 && others.Append(first).Select(text => Frames(text.Seed)).Distinct().Count() == 3
            select ((List<(int Seed, int[] Said)>)[(first.Seed, first.Said[..at]), .. others], first.Said[at])).First();
        foreach (var (seed, _) in windows)
        {
            engine.Hear(Noise(seed), Frames(seed));
            rows.Add();
        }

        var search = new RowSearch(engine.Rules, engine.Marks with { End = end }, engine.Config.Vocabulary, threads: 2);
        var together = search.Run(rows, prompt, 24, (_, _) => false).ToDictionary(answer => answer.Window, answer => answer.Answer.Tokens.Select(token => token.Id).ToArray());
        Assert.Equal(0, rows.Count);
        for (var window = 0; window < 3; window++) Assert.Equal(windows[window].Said, together[window]);
    }

    [Fact]
    public void A_text_does_not_end_behind_a_pair_of_marks_while_somebody_speaks()
    {
        var files = Tiny().Write();
        using var engine = new WhisperEngine(files, threads: 1, WhisperRewriter.Open(files).Files);
        var decoder = Assert.IsType<IntegerDecoder>(engine.Decoder);
        using var rows = new DecoderRows(decoder, TinyWhisper.Positions, TinyWhisper.MaximumTokens);
        int[] Decode(int seed, SpecialTokens marks, Func<int, double, bool> speaks)
        {
            engine.Hear(Noise(seed), engine.Config.WindowFrames);
            rows.Add();
            var search = new RowSearch(engine.Rules, marks, engine.Config.Vocabulary, threads: 1);
            return [.. search.Run(rows, WhisperPrompt.Of(engine, "en", translate: false, timestamps: true), 24, speaks).Single().Answer.Tokens.Select(token => token.Id)];
        }

        int PairIn(int[] said) => Array.FindIndex(said, i => engine.Marks.IsTimestamp(i)) is var first and >= 0
            ? Enumerable.Range(first + 1, Math.Max(0, said.Length - first - 2)).FirstOrDefault(i => engine.Marks.IsTimestamp(said[i]) && engine.Marks.IsTimestamp(said[i - 1]) && Array.IndexOf(said, said[i + 1]) > i)
            : 0;
        var (seed, said) = Enumerable.Range(1, 60).Select(seed => (seed, Decode(seed, engine.Marks, (_, _) => false))).First(decoded => PairIn(decoded.Item2) > 0);
        var pair = PairIn(said);
        var marks = engine.Marks with { End = said[pair + 1] }; // as if the model ended its text there
        var second = marks.SecondsOf(said[pair]);

        Assert.Equal(said[..(pair + 1)], Decode(seed, marks, (_, from) => from > second));
        var longer = Decode(seed, marks, (_, from) => from >= second);
        Assert.True(longer.Length > pair + 1 && engine.Marks.IsText(longer[pair + 1]));
    }

    [Fact]
    public void A_recordings_text_does_not_depend_on_the_batch()
    {
        using var model = new WhisperModel(Tiny().Write(), new ModelOptions());
        var sound = Audio16k.Alternating(0.5, 2.2, 1.5, 0.7, 0.3, 4.1, 2);
        string Text(int? batch)
        {
            using var recognizer = model.CreateRecording(new(BatchSize: batch), () => new LoudnessDetector(), new SpeechOptions(), new Counters());
            return string.Join('\n', recognizer.Recognize(new MemorySamples(sound, Portion), default).Select(final => $"{final.Start.Seconds:0.00} {final.Text}"));
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
        Assert.Throws<OperationCanceledException>(() => recognizer.Recognize(new MemorySamples(Audio16k.Alternating(0, 3), Portion), stop.Token).ToList());
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

    [Theory]
    [InlineData(true, "ja")]
    [InlineData(false, "en")]
    public void Live_it_takes_the_language_of_who_speaks_where_it_knows_it(bool isMultilingual, string heard)
    {
        using var model = new WhisperModel(Tiny(isMultilingual).Write(), new ModelOptions(), isMultilingual ? "de" : null);
        string Language(string? expected)
        {
            model.Expect(expected);
            return model.Recognize(Noise(3), expectWords: true, []).Language;
        }

        var own = Language(null);
        Assert.Equal(isMultilingual ? "de" : "en", own);
        Assert.Equal(heard, Language("ja"));
        Assert.Equal(own, Language("tlh")); // unknown to it
        Assert.Equal(own, Language(null));
    }

    private TinyWhisper Tiny(bool isMultilingual = true, int decoderLayers = 2) => new(_folder["model"], isMultilingual, decoderLayers: decoderLayers);

    private static float[] Noise(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 16_000).Select(i => (random.NextSingle() - 0.5f) * MathF.Sin(i * 0.0003f * seed))];
    }
}
