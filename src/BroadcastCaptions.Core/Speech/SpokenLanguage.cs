using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech;

/// <summary>
/// Languages as people name them. languages.json has ISO 639-1, and what else Whisper knows: the code that models go by, then English names and other codes of the same language.
/// </summary>
public static class SpokenLanguage
{
    private static readonly Lazy<Dictionary<string, string>> Codes = new(Load);

    /// <summary>The code that models go by: "de" of "de", "DE", "de-AT", "de_CH" and "German".</summary>
    /// <param name="given">A code, a language tag (BCP 47) or an English name.</param>
    /// <exception cref="CaptionsException">It is none.</exception>
    public static string CodeOf(string given)
    {
        if (TryFind(given, out var code)) return code;
        throw new CaptionsException($"There is no language \"{given}\".", "Give its two-letter code or its English name: de or German.", ExitCode.Usage);
    }

    /// <summary>Is this a language, as <see cref="CodeOf"/> understands it?</summary>
    public static bool IsKnown(string given) => TryFind(given, out _);

    private static bool TryFind(string given, [NotNullWhen(true)] out string? code)
    {
        var name = given.Trim();
        return Codes.Value.TryGetValue(name, out code) || Codes.Value.TryGetValue(name.Split('-', '_')[0], out code);
    }

    private static Dictionary<string, string> Load()
    {
        using var file = typeof(SpokenLanguage).Assembly.GetManifestResourceStream("languages.json")!;
        using var json = JsonDocument.Parse(file);
        var codes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var language in json.RootElement.EnumerateObject())
        {
            codes.Add(language.Name, language.Name);
            foreach (var name in language.Value.EnumerateArray()) codes.Add(name.GetString()!, language.Name);
        }

        return codes;
    }
}
