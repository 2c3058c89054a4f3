using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Alignment;
using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Recordings;
using BroadcastCaptions.Speech.Rewriting;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>Any model of the Whisper family, live and on recordings. Not thread-safe: one inference loop owns it.</summary>
public sealed class WhisperModel : ITwinModel
{
    /// <summary>
    /// Shortest window: facts.md §2 measured no loops from 15 s on, at half the cost of 30 s; below, more and more of the clips loop.
    /// </summary>
    internal const double ShortestWindow = 15;

    /// <summary>Silence behind the sound, so that its end is heard as one.</summary>
    internal const double Tail = 0.5;

    /// <summary>Above this, and less sure of its words than <see cref="UnsureWords"/>, the reference takes a window for silence.</summary>
    internal const double NoSpeech = 0.6;

    /// <summary>Mean log-probability below which the reference does not trust its words.</summary>
    internal const double UnsureWords = -1;

    /// <summary>Most tokens a second of sound; fast speech in English has 5, other scripts three times as many.</summary>
    private const double TokensPerSecond = 15;

    private const int SpareTokens = 12;
    private const int SamplesAPosition = 2 * LogMel.Hop; // the encoder's second convolution takes every other frame

    /// <summary>Measured against words.tsv (230 words, tiny.en): words begin 0.10 s too late by the attention (half of them 0.07 … 0.15), and end 0.12 (0.07 … 0.18).</summary>
    private const int Lag = VoiceWindow.SampleRate / 10;
    private const double SureOfLanguage = 3; // seconds: less sound does not change what was found

    private readonly WhisperEngine _engine;
    private readonly WhisperWords _words;
    private readonly TokenClock _clock = new(SamplesAPosition, Lag);
    private readonly string? _wanted;
    private readonly int _threads;
    private string? _expected; // of who speaks now, beside what was wanted of all
    private string? _language;

    /// <summary>Loads a model and warms it up: the first runs after loading are two to three times slower.</summary>
    /// <param name="files">The model's files.</param>
    /// <param name="options">How many threads an inference takes.</param>
    /// <param name="language">Code of the language spoken live; null: English where the model knows nothing else, else what it hears.</param>
    /// <exception cref="Failures.CaptionsException">A file is missing, damaged, or of another model; an unknown language.</exception>
    public WhisperModel(WhisperFiles files, ModelOptions options, string? language = null)
    {
        (Graphs, var rewritten) = options.Device is Device.Auto or Device.Cpu || files.IsQuantized
            ? WhisperRewriter.Open(files)
            : (new RewriteOutcome(false, false, "The shipped model runs: the rewritten one is for processors."), null);
        _threads = CpuBudget.Of(options).Threads;
        _engine = new(files, _threads, rewritten, options.Device);
        try
        {
            WhisperPrompt.Check(_engine, language, translate: false);
        }
        catch
        {
            _engine.Dispose();
            throw;
        }

        _words = new(_engine.Tokenizer, _engine.Marks);
        _wanted = _engine.Config.IsMultilingual ? language : "en";
        WarmUp();
    }

    private WhisperModel(WhisperModel first)
    {
        (Graphs, _threads, _engine, _wanted) = (first.Graphs, first._threads, first._engine.Twin(), first._wanted);
        _words = new(_engine.Tokenizer, _engine.Marks);
        (_expected, _language) = (first._expected, first._language); // what was found holds for both until one of them hears more
    }

    /// <summary>Which graphs run, the rewritten or the shipped, and why.</summary>
    public RewriteOutcome Graphs { get; }

    /// <summary>Does it know other languages than English, and translate?</summary>
    public bool IsMultilingual => _engine.Config.IsMultilingual;

    bool ITwinModel.CanTwin => _engine.Decoder is IntegerDecoder;

    ISpeechModel ITwinModel.Twin() => new WhisperModel(this);

    /// <summary>A way through a recording; it uses this model, which must outlive it and do nothing else meanwhile.</summary>
    /// <param name="options">Language, task, mode.</param>
    /// <param name="detectors">Makes a voice detector: <see cref="SileroVad.CreateDetector"/>.</param>
    /// <param name="speech">Thresholds.</param>
    /// <param name="counters">Where repeated and doubted windows are counted.</param>
    /// <exception cref="Failures.CaptionsException">The model cannot do what is asked.</exception>
    public IRecordingRecognizer CreateRecording(
        RecordingOptions options, Func<IVoiceDetector> detectors, SpeechOptions speech, Counters counters)
    {
        WhisperPrompt.Check(_engine, options.Language, options.Task == SpeechTask.Translate);
        var window = new WindowDecoder(_engine, options.Language, options.Task == SpeechTask.Translate, options.Told, counters) { BeamSize = options.BeamSize };
        return options.Mode == RecordingMode.Accurate
            ? new SequentialRecognizer(_engine, window, detectors, counters)
            : new PackedRecognizer(_engine, window, detectors, speech, counters) { BatchSize = options.BatchSize, Threads = _threads };
    }

    /// <inheritdoc/>
    public void Expect(string? language)
    {
        if (language is not null && !_engine.Marks.Languages.ContainsKey(language)) language = null;
        if (language == _expected) return;
        (_expected, _language) = (language, null); // what another one speaks says nothing of the next
    }

    /// <inheritdoc/>
    public ModelText Recognize(ReadOnlySpan<float> samples, bool expectWords, IReadOnlyList<ScoredToken> previous)
    {
        var seconds = (double)samples.Length / VoiceWindow.SampleRate;
        var whole = _engine.Config.WindowFrames;
        var frames = Math.Min(whole, LogMel.FramesOf(Math.Max(ShortestWindow, seconds + Tail)));
        var (decoded, text) = Attempt(samples, frames, seconds, previous);
        var again = IsLoop(decoded, text);
        if (again) (decoded, text) = Attempt(samples, whole, seconds, []);
        if (!expectWords && IsDoubtful(decoded)) return new([], [], _language!, decoded.Looped) { Doubted = decoded.Tokens.Count > 0, Retried = again };
        return new(decoded.Tokens, _words.Read(decoded.Tokens, _language!, clock: _clock), _language!, IsLoop(decoded, text)) { Retried = again };
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    private (Decoded Decoded, string Text) Attempt(ReadOnlySpan<float> samples, int frames, double seconds, IReadOnlyList<ScoredToken> previous)
    {
        _engine.Hear(samples, frames, listens: true);
        if ((_expected ?? _wanted) is { } known) _language = known;
        else if (_language is null || seconds >= SureOfLanguage) _language = _engine.Search.Language(_engine.Decoder).Language;
        var prompt = WhisperPrompt.Of(_engine, _language, translate: false, timestamps: false);
        var most = Math.Min((_engine.Config.MaximumTokens / 2) - 1, (int)(TokensPerSecond * seconds) + SpareTokens);
        var decoded = _engine.Search.Run(_engine.Decoder, prompt, new(Timestamps: false, most) { Draft = previous, CutLoops = true });
        _clock.Read(_engine.Decoder.Listened(prompt.Count - 1, decoded.Tokens.Count), decoded.Tokens.Count, samples.Length);
        return (decoded, _engine.Tokenizer.Decode(decoded.Tokens.Select(token => token.Id)));
    }

    private static bool IsLoop(Decoded decoded, string text) => decoded.Looped || LoopGuard.Repeats(text);

    /// <summary>Where the detector is not sure of speech either, one of the model's two doubts is enough.</summary>
    private static bool IsDoubtful(Decoded decoded) => decoded.NoSpeech > NoSpeech || decoded.AverageLogProbability < UnsureWords;

    private void WarmUp()
    {
        var noise = new float[VoiceWindow.SampleRate];
        for (var i = 0; i < noise.Length; i++) noise[i] = 0.05f * MathF.Sin(i * i * 1e-4f);
        for (var round = 0; round < 2; round++) Recognize(noise, expectWords: true, []);
        _language = null;
    }
}
