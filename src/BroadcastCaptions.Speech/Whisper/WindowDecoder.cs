using BroadcastCaptions.Metrics;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>Which answers for a window are not believed, and how it is tried again.</summary>
/// <param name="Temperatures">One after the other until an answer is believed; the last one's stands.</param>
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

/// <summary>A recording's windows, decoded with time marks; keeps the language that was found at the first.</summary>
internal sealed class WindowDecoder(WhisperEngine engine, string? language, bool translate, string? prompt, Counters counters)
{
    private const int Seed = 20; // the same recording gives the same text

    private readonly Counter _retried = counters.Get("whisper.retried");
    private readonly IReadOnlyList<int> _terms = prompt is null
        ? []
        : [.. engine.Tokenizer.Encode(" " + prompt.Trim()).Where(engine.Marks.IsText)];
    private Random _random = new(Seed);
    private string? _language = engine.Config.IsMultilingual ? language : "en";

    /// <summary>What is spoken, as the model was told.</summary>
    public string SpokenLanguage => _language ?? "en";

    /// <summary>Is the text a translation?</summary>
    public bool Translates => translate;

    /// <summary>What the text is written in.</summary>
    public string WrittenLanguage => translate ? "en" : _language ?? "en";

    /// <summary>Temperature of the last answer.</summary>
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
    /// <param name="expectWords">Is somebody known to speak? Then the model's doubts do not make silence of it.</param>
    /// <returns>The tokens with time marks; none where nobody speaks.</returns>
    public IReadOnlyList<ScoredToken> Decode(ReadOnlySpan<float> samples, int frames, IReadOnlyList<int> previous, Fallback fallback, bool expectWords = false)
    {
        Hear(samples, frames);
        var tokens = Prompt(previous);
        Decoded best = null!;
        foreach (var temperature in fallback.Temperatures)
        {
            if (temperature > 0) _retried.Add();
            best = Best(tokens, Temperature = temperature, fallback.Samples);
            if ((!expectWords && IsSilence(best)) || !IsDoubtful(best, fallback)) break;
        }

        return !expectWords && IsSilence(best) ? [] : best.Tokens;
    }

    /// <summary>Hears a window, and what is spoken where that is not known yet.</summary>
    public void Hear(ReadOnlySpan<float> samples, int frames)
    {
        engine.Hear(samples, frames);
        _language ??= engine.Search.Language(engine.Decoder).Language;
    }

    /// <summary>What the decoder is told of a window.</summary>
    /// <param name="previous">Tokens of the text before.</param>
    public List<int> Prompt(IReadOnlyList<int> previous) => WhisperPrompt.Of(engine, SpokenLanguage, translate, timestamps: true, [.. _terms, .. previous]);

    /// <summary>The text of a first answer: none where nobody speaks; null where it is not believed, and the window is to be heard again.</summary>
    /// <param name="answer">The most probable tokens.</param>
    /// <param name="fallback">What is not believed.</param>
    /// <param name="expectWords">Is somebody known to speak?</param>
    public IReadOnlyList<ScoredToken>? Judge(Decoded answer, Fallback fallback, bool expectWords)
    {
        if (!expectWords && IsSilence(answer)) return [];
        var isEmpty = !answer.Tokens.Any(token => engine.Marks.IsText(token.Id));
        return answer.Looped || (expectWords && isEmpty) || IsDoubtful(answer, fallback) ? null : answer.Tokens;
    }

    private Decoded Best(List<int> tokens, float temperature, int samples)
    {
        var options = new SearchOptions(Timestamps: true, engine.Config.MaximumTokens / 2) { Temperature = temperature, Random = _random };
        if (temperature == 0) return engine.Search.Run(engine.Decoder, tokens, options);
        return Enumerable.Range(0, samples).Select(_ => engine.Search.Run(engine.Decoder, tokens, options))
            .MaxBy(answer => answer.SumLogProbability / Math.Max(1, answer.Tokens.Count))!;
    }

    private static bool IsSilence(Decoded answer) => answer.NoSpeech > WhisperModel.NoSpeech && answer.AverageLogProbability < WhisperModel.UnsureWords;

    private bool IsDoubtful(Decoded answer, Fallback fallback) =>
        answer.AverageLogProbability < fallback.LeastLogProbability
        || LoopGuard.Repeats(engine.Tokenizer.Decode(answer.Tokens.Select(token => token.Id).Where(engine.Marks.IsText)));
}
