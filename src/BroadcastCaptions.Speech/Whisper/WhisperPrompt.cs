using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>What the decoder is told before it speaks.</summary>
internal static class WhisperPrompt
{
    /// <summary>The prompt of a window.</summary>
    /// <param name="engine">The model.</param>
    /// <param name="language">Code of the language that is spoken; of no account where the model knows only English.</param>
    /// <param name="translate">English text of what is said?</param>
    /// <param name="timestamps">Text with time marks?</param>
    /// <param name="previous">Tokens of the text before; the last of them, as many as fit, are taken.</param>
    public static List<int> Of(WhisperEngine engine, string language, bool translate, bool timestamps, IReadOnlyList<int>? previous = null)
    {
        var marks = engine.Marks;
        var prompt = new List<int>();
        if (previous is { Count: > 0 })
        {
            prompt.Add(marks.Previous);
            prompt.AddRange(previous.Skip(previous.Count - ((engine.Config.MaximumTokens / 2) - 1)));
        }

        prompt.Add(marks.Start);
        if (engine.Config.IsMultilingual)
        {
            prompt.Add(marks.Languages[language]);
            prompt.Add(translate ? marks.Translate : marks.Transcribe);
        }

        if (!timestamps) prompt.Add(marks.NoTimestamps);
        return prompt;
    }

    /// <summary>Can the model do what is asked?</summary>
    /// <param name="engine">The model.</param>
    /// <param name="language">Code of a language; null: it finds out.</param>
    /// <param name="translate">Is a translation into English asked for?</param>
    /// <exception cref="CaptionsException">It cannot.</exception>
    public static void Check(WhisperEngine engine, string? language, bool translate)
    {
        if (translate && !engine.Config.IsMultilingual)
            throw new CaptionsException("This Whisper model knows only English, and cannot translate.", "Choose a multilingual one, without \".en\" in its name.", ExitCode.Usage);
        if (language is null || (engine.Config.IsMultilingual ? engine.Marks.Languages.ContainsKey(language) : language == "en")) return;
        throw new CaptionsException(
            $"The model does not know the language \"{language}\".",
            engine.Config.IsMultilingual
                ? $"Choose one of: {string.Join(", ", engine.Marks.Languages.Keys.Order(StringComparer.Ordinal))}."
                : "It knows only English: choose a multilingual one, without \".en\" in its name.",
            ExitCode.Usage);
    }
}
