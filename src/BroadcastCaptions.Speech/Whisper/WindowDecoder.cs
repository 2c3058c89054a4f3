using BroadcastCaptions.Metrics;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>Which answers for a window are not believed, and how it is tried again.</summary>
/// <param name="Temperatures">One after the other until an answer is believed; where none is, the surest of them stands.</param>
/// <param name="Samples">Answers drawn at each temperature above 0, of which the most probable is taken.</param>
/// <param name="LeastLogProbability">Answers less sure than this are not believed; null: only those that repeat themselves are not.</param>
internal sealed record Fallback(IReadOnlyList<float> Temperatures, int Samples, double? LeastLogProbability)
{
    /// <summary>As the reference does.</summary>
    public static Fallback Reference { get; } = new([0, 0.2f, 0.4f, 0.6f, 0.8f, 1], 5, WhisperModel.UnsureWords);

    /// <summary>Only against loops.</summary>
    public static Fallback OfLoops { get; } = new([0, 0.4f, 0.8f], 1, null);

    /// <summary>The first answer stands.</summary>
    public static Fallback None { get; } = new([0], 1, null);
}

/// <summary>What is known of a window before the model hears it: does somebody speak?</summary>
internal enum Voice
{
    /// <summary>The detector hears hardly anybody: one of the model's two doubts is enough, the text is no speech.</summary>
    Hardly,

    /// <summary>As the reference has it: a window is silence that sounds like none, and whose text the model doubts.</summary>
    Unknown,

    /// <summary>Somebody speaks: the model's doubts do not make silence of it.</summary>
    Surely,
}

/// <summary>A recording's windows, decoded with time marks; keeps the language that was found at the first.</summary>
internal sealed class WindowDecoder(WhisperEngine engine, string? language, bool translate, string? prompt, Counters counters)
{
    /// <summary>
    /// Mean log-probability of words that are a guess. Measured on eval/ with tiny.en and base: of noise that sounds a little like speech −1.86 and below, of a creaky
    /// voice that the detector hardly hears −1.2.
    /// </summary>
    private const double Guess = -1.5;

    private const int Seed = 20; // the same recording gives the same text

    private readonly Counter _retried = counters.Get("whisper.retried");
    private readonly Counter _unspoken = counters.Get("speech.words_on_silence");
    private readonly IReadOnlyList<int> _terms = prompt is null
        ? []
        : [.. engine.Tokenizer.Encode(" " + prompt.Trim()).Where(engine.Marks.IsText).Take(engine.Config.MaximumTokens / 4)];
    private Random _random = new(Seed);
    private string? _language = engine.Config.IsMultilingual ? language : "en";

    /// <summary>Texts that are pursued side by side while nothing is drawn by lot.</summary>
    public int BeamSize { get; init; } = 1;

    /// <summary>What is spoken, as the model was told.</summary>
    public string SpokenLanguage => _language ?? "en";

    /// <summary>Is the text a translation?</summary>
    public bool Translates => translate;

    /// <summary>What the text is written in.</summary>
    public string WrittenLanguage => translate ? "en" : _language ?? "en";

    /// <summary>Temperature of the last answer that was tried: high where none was believed.</summary>
    public float Temperature { get; private set; }

    /// <summary>Forgets the language that was found, for the next recording.</summary>
    public void Begin()
    {
        _random = new(Seed);
        if (engine.Config.IsMultilingual) _language = language;
    }

    /// <summary>Hears and decodes a window.</summary>
    /// <param name="samples">The window's sound.</param>
    /// <param name="frames">The window's length.</param>
    /// <param name="previous">Tokens of the text before.</param>
    /// <param name="fallback">What is done against answers that are not believed.</param>
    /// <param name="voice">Does somebody speak in it?</param>
    /// <returns>The tokens with time marks; none where nobody speaks.</returns>
    public IReadOnlyList<ScoredToken> Decode(ReadOnlySpan<float> samples, int frames, IReadOnlyList<int> previous, Fallback fallback, Voice voice = Voice.Unknown)
    {
        _language ??= LanguageOf(samples);
        engine.Hear(samples, frames);
        var tokens = WhisperPrompt.Of(engine, _language, translate, timestamps: true, [.. _terms, .. previous.TakeLast(RoomForPrevious)]);
        Decoded? kept = null;
        foreach (var temperature in fallback.Temperatures)
        {
            if (temperature > 0) _retried.Add();
            var answer = Best(tokens, Temperature = temperature, fallback.Samples);
            if (IsSilence(answer, voice, temperature)) return Nothing(answer);
            var repeats = Repeats(answer);
            if (kept is null || Repeats(kept) || (!repeats && answer.AverageLogProbability > kept.AverageLogProbability)) kept = answer;
            if (!repeats && !(answer.AverageLogProbability < fallback.LeastLogProbability)) return answer.Tokens;
        }

        return kept!.Tokens;
    }

    /// <summary>Heard in a whole window: in a shorter one base takes English digits for Chinese ones (eval/'s sx_10001-90210-01803).</summary>
    private string LanguageOf(ReadOnlySpan<float> samples)
    {
        engine.Hear(samples, engine.Config.WindowFrames);
        return engine.Search.Language(engine.Decoder).Language;
    }

    /// <summary>Tokens of the text before that find room beside what the model is always told.</summary>
    private int RoomForPrevious => (engine.Config.MaximumTokens / 2) - 1 - _terms.Count;

    private Decoded Best(List<int> tokens, float temperature, int samples)
    {
        var options = new SearchOptions(Timestamps: true, engine.Config.MaximumTokens / 2) { Temperature = temperature, Random = _random, BeamSize = BeamSize };
        if (temperature == 0) return engine.Search.Run(engine.Decoder, tokens, options);
        return Enumerable.Range(0, samples).Select(_ => engine.Search.Run(engine.Decoder, tokens, options))
            .MaxBy(answer => answer.SumLogProbability / Math.Max(1, answer.Tokens.Count))!;
    }

    private static bool IsSilence(Decoded answer, Voice voice, float temperature)
    {
        var none = answer.NoSpeech > WhisperModel.NoSpeech;
        return voice switch
        {
            Voice.Hardly => none || (temperature == 0 && answer.AverageLogProbability < Guess), // what is drawn by lot is always less sure
            Voice.Unknown => none && answer.AverageLogProbability < WhisperModel.UnsureWords,
            _ => false,
        };
    }

    private IReadOnlyList<ScoredToken> Nothing(Decoded answer)
    {
        if (answer.Tokens.Any(token => engine.Marks.IsText(token.Id))) _unspoken.Add();
        return [];
    }

    private bool Repeats(Decoded answer) =>
        LoopGuard.Repeats(engine.Tokenizer.Decode(answer.Tokens.Select(token => token.Id).Where(engine.Marks.IsText)));
}
