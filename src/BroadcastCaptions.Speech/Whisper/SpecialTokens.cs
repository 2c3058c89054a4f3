using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>Whisper's marks, by their numbers in one model's vocabulary.</summary>
/// <param name="Start">&lt;|startoftranscript|&gt;.</param>
/// <param name="End">&lt;|endoftext|&gt;: text has smaller numbers, all other marks larger ones.</param>
/// <param name="Transcribe">&lt;|transcribe|&gt;.</param>
/// <param name="Translate">&lt;|translate|&gt;.</param>
/// <param name="Previous">&lt;|startofprev|&gt;: earlier text follows.</param>
/// <param name="NoSpeech">&lt;|nospeech|&gt;: what its probability says; −1 where the vocabulary has none.</param>
/// <param name="NoTimestamps">&lt;|notimestamps|&gt;: asks for text without times.</param>
/// <param name="Languages">Number of a language's mark, by its code: "en", "de", "yue"; empty where the model knows only English.</param>
internal sealed record SpecialTokens(
    int Start, int End, int Transcribe, int Translate, int Previous, int NoSpeech, int NoTimestamps, IReadOnlyDictionary<string, int> Languages)
{
    /// <summary>The mark of time zero in the window; the others follow it, <see cref="TimestampStep"/> apart.</summary>
    public int FirstTimestamp => NoTimestamps + 1;

    /// <summary>Seconds between two time marks.</summary>
    public const double TimestampStep = 0.02;

    /// <summary>Is this a time mark?</summary>
    public bool IsTimestamp(int token) => token >= FirstTimestamp;

    /// <summary>Is this text, no mark of any kind?</summary>
    public bool IsText(int token) => token < End;

    /// <summary>Seconds from the window's start that a time mark says.</summary>
    public double SecondsOf(int timestamp) => (timestamp - FirstTimestamp) * TimestampStep;

    /// <summary>Finds the marks in a vocabulary.</summary>
    /// <param name="tokenizer">The vocabulary.</param>
    /// <param name="isMultilingual">Does the model know languages? Vocabularies list them even where it does not.</param>
    /// <exception cref="CaptionsException">The vocabulary is not Whisper's.</exception>
    public static SpecialTokens Of(WhisperTokenizer tokenizer, bool isMultilingual)
    {
        int Need(string name) => tokenizer.Special(name)
            ?? throw ConfigFile.Broken(tokenizer.Path, $"has no <|{name}|>: it is not a Whisper model's");
        var (start, translate) = (Need("startoftranscript"), Need("translate"));
        // The languages stand between the two, one after the other.
        var languages = tokenizer.Specials.Where(mark => mark.Value > start && mark.Value < Math.Min(translate, Need("transcribe")));
        return new(
            start, Need("endoftext"), Need("transcribe"), translate, Need("startofprev"),
            tokenizer.Special("nospeech") ?? tokenizer.Special("nocaptions") ?? -1, Need("notimestamps"),
            isMultilingual ? languages.ToDictionary(mark => mark.Key, mark => mark.Value) : new Dictionary<string, int>());
    }
}
