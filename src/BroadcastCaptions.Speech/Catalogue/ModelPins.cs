using System.Text.Json;
using System.Text.Json.Serialization;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>What the server gave at the first pull of a file that the catalogue does not pin; the file is held to it from then on.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">SHA-256 of what came.</param>
/// <param name="Source">The address that gave it.</param>
/// <param name="Absent">An optional file that the source has not: nothing to wait for.</param>
internal sealed record FilePin(long Size, string Sha256, string Source, bool Absent = false);

/// <summary>
/// Trust on first use: a lock beside the model (<c>pins.json</c>) with what was recorded of its unpinned files. Written as each file gets its
/// name, so that an interrupted pull goes on with the same bytes. Thread-safe.
/// </summary>
internal sealed class ModelPins(string folder)
{
    public const string FileName = "pins.json";

    private readonly Lock _lock = new();
    private Dictionary<string, FilePin>? _files;

    private string Path => System.IO.Path.Combine(folder, FileName);

    /// <summary>Has anything been recorded?</summary>
    public bool IsEmpty
    {
        get { lock (_lock) return Files.Count == 0; }
    }

    private Dictionary<string, FilePin> Files => _files ??= Read();

    /// <summary>What was recorded of a file; null: nothing.</summary>
    public FilePin? Find(string file)
    {
        lock (_lock) return Files.GetValueOrDefault(file);
    }

    /// <summary>Records.</summary>
    /// <exception cref="Failures.CaptionsException">The disk does not take it.</exception>
    public void Keep(string file, FilePin pin)
    {
        lock (_lock)
        {
            Files[file] = pin;
            DiskFile.WriteAll(Path, JsonSerializer.Serialize(Files, PinsJson.Default.DictionaryStringFilePin));
        }
    }

    private Dictionary<string, FilePin> Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(Path), PinsJson.Default.DictionaryStringFilePin) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return []; // as if nothing had come yet: what is there is kept, and nothing vouches for it
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Dictionary<string, FilePin>))]
internal sealed partial class PinsJson : JsonSerializerContext;
