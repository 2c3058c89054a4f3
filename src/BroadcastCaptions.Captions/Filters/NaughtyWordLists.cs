using System.Text.Json;
using System.Text.Json.Serialization;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Captions.Filters;

/// <summary>The word lists that the product carries (npm naughty-words 1.2.0, CC-BY-4.0, see NaughtyWords/README.md).</summary>
internal static class NaughtyWordLists
{
    private const string Prefix = "NaughtyWords.";
    private const string Suffix = ".json";

    /// <summary>Languages that have a list, as in <c>blockList.languages</c>.</summary>
    public static IReadOnlyList<string> Languages { get; } =
    [
        .. typeof(NaughtyWordLists).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The words and phrases of a language.</summary>
    public static string[] Load(string language)
    {
        var known = Languages.FirstOrDefault(name => name.Equals(language, StringComparison.OrdinalIgnoreCase)) ?? throw new CaptionsException(
            $"blockList.languages: there is no word list for \"{language}\".",
            $"Use some of {string.Join(", ", Languages)}; words of other languages go into blockList.add.",
            ExitCode.Usage);
        using var stream = typeof(NaughtyWordLists).Assembly.GetManifestResourceStream(Prefix + known + Suffix)!;
        return JsonSerializer.Deserialize(stream, WordListJson.Default.StringArray)!;
    }
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class WordListJson : JsonSerializerContext;
