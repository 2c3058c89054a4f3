using System.Text.Json;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>One of a model's JSON files: values by name, and a clear sentence where one is missing.</summary>
internal sealed class ConfigFile
{
    private readonly string _path;
    private readonly JsonElement _root;

    private ConfigFile(string path, JsonElement root) => (_path, _root) = (path, root);

    /// <summary>Reads a file.</summary>
    /// <exception cref="CaptionsException">No JSON object.</exception>
    public static ConfigFile Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind == JsonValueKind.Object) return new(path, document.RootElement.Clone());
        }
        catch (JsonException e)
        {
            throw Broken(path, "is not valid JSON", e);
        }

        throw Broken(path, "holds no settings");
    }

    /// <summary>An integer, null where there is none.</summary>
    public int? Integer(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    /// <summary>An integer that must be there.</summary>
    /// <exception cref="CaptionsException">It is not, or below <paramref name="least"/>.</exception>
    public int Needed(string name, int least = 0) =>
        Integer(name) is { } value && value >= least ? value : throw Broken(_path, $"does not say a usable \"{name}\"");

    /// <summary>A text, null where there is none.</summary>
    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A yes or no, null where there is none.</summary>
    public bool? Flag(string name) => Find(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    /// <summary>A list of integers, null where there is none.</summary>
    public int[]? Integers(string name) => Find(name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Number).Select(item => item.GetInt32())]
        : null;

    /// <summary>A list of pairs of integers, empty where there is none.</summary>
    public IReadOnlyList<(int First, int Second)> Pairs(string name) => Find(name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Array && item.GetArrayLength() == 2).Select(item => (item[0].GetInt32(), item[1].GetInt32()))]
        : [];

    /// <summary>What a file that cannot be used is reported as.</summary>
    public static CaptionsException Broken(string path, string what, Exception? cause = null) => new(
        $"{path} {what}.", "Run 'captions models verify', or copy the file again from where the model came from.", inner: cause);

    private JsonElement? Find(string name) => _root.TryGetProperty(name, out var value) ? value : null;
}
