using System.Text.Json;
using System.Text.Json.Serialization;

namespace BroadcastCaptions.Speech.Rewriting;

/// <summary>
/// What a rewriting leaves beside its files: the outcome, and every file's hash. Weights that a disk has damaged still load, and recognise nonsense.
/// </summary>
/// <param name="Outcome">What was found.</param>
/// <param name="Files">The hash of each file, by its name.</param>
internal sealed record RewriteRecord(RewriteOutcome Outcome, Dictionary<string, string> Files)
{
    private const string FileName = "outcome.json";

    /// <summary>The outcome kept in a folder; null where there is none, or where a file is not as it was written.</summary>
    public static RewriteOutcome? Read(string folder)
    {
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(folder, FileName)), RecordJson.Default.RewriteRecord);
            return record is { Outcome: not null, Files: not null } && record.Files.All(file => FileHash.Of(Path.Combine(folder, file.Key)) == file.Value) ? record.Outcome : null;
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes it into a folder whose other files are all there, and waits until the disk has them: a machine may lose power.</summary>
    public static void Write(string folder, RewriteOutcome outcome)
    {
        var files = Directory.GetFiles(folder);
        var record = new RewriteRecord(outcome, files.ToDictionary(file => Path.GetFileName(file), FileHash.Of, StringComparer.Ordinal));
        var own = Path.Combine(folder, FileName);
        File.WriteAllText(own, JsonSerializer.Serialize(record, RecordJson.Default.RewriteRecord));
        foreach (var path in files.Append(own))
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(file);
        }
    }
}

[JsonSerializable(typeof(RewriteRecord))]
internal sealed partial class RecordJson : JsonSerializerContext;
