using System.Text.Json;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>A tokenizer.json as it stands: pieces, merges in both of their forms, marks.</summary>
internal sealed class VocabularyFile
{
    /// <summary>Piece → number.</summary>
    public Dictionary<string, int> Pieces { get; } = [];

    /// <summary>Two pieces that become one, the most frequent first.</summary>
    public List<(string Left, string Right)> Merges { get; } = [];

    /// <summary>Added tokens: as text, whole → number.</summary>
    public Dictionary<string, int> Added { get; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="Failures.CaptionsException">No byte-level vocabulary.</exception>
    public static VocabularyFile Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var file = new VocabularyFile();
            file.Take(document.RootElement);
            if (file.Pieces.Count > 0 && file.Merges.Count > 0) return file;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw ConfigFile.Broken(path, "holds no byte-level vocabulary", e);
        }

        throw ConfigFile.Broken(path, "holds no byte-level vocabulary");
    }

    private void Take(JsonElement root)
    {
        var model = root.GetProperty("model");
        foreach (var piece in model.GetProperty("vocab").EnumerateObject()) Pieces[piece.Name] = piece.Value.GetInt32();
        foreach (var merge in model.GetProperty("merges").EnumerateArray()) Merges.Add(Pair(merge));
        if (!root.TryGetProperty("added_tokens", out var added)) return;
        foreach (var token in added.EnumerateArray()) Added[token.GetProperty("content").GetString()!] = token.GetProperty("id").GetInt32();
    }

    private static (string Left, string Right) Pair(JsonElement merge)
    {
        if (merge.ValueKind == JsonValueKind.Array) return (merge[0].GetString()!, merge[1].GetString()!); // since tokenizers 0.20
        var text = merge.GetString()!;
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return (text[..space], text[(space + 1)..]);
    }
}
