using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BroadcastCaptions.Diagnosis;
using BroadcastCaptions.Options;
using BroadcastCaptions.Platform;
using BroadcastCaptions.Speech.Catalogue;

namespace BroadcastCaptions.Choosing;

/// <summary>
/// What this machine was measured to take for a partial, by model, device, processor, threads and version: whatever of these changes is
/// measured anew. A file in the cache folder that may be deleted at any time.
/// </summary>
/// <param name="path">The file; null: in the platform's cache folder.</param>
internal sealed class SpeedMemory(string? path = null)
{
    private readonly string _path = path ?? Path.Combine(AppFolders.Cache, "speed.json");

    /// <summary>Seconds for a partial; null where it was not measured.</summary>
    public double? Find(CatalogueModel model, int threads, Device device = Device.Cpu) =>
        Read().TryGetValue(Key(model, threads, device), out var seconds) && seconds > 0 && double.IsFinite(seconds) ? seconds : null;

    /// <summary>Remembers. Where that cannot be written, it is measured again at the next start.</summary>
    public void Keep(CatalogueModel model, int threads, double seconds, Device device = Device.Cpu)
    {
        var all = Read();
        all[Key(model, threads, device)] = seconds;
        var work = $"{_path}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
            File.WriteAllText(work, JsonSerializer.Serialize(all, SpeedsJson.Default.DictionaryStringDouble));
            File.Move(work, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache that cannot be written costs a second at the next start, and nothing else.
        }
    }

    private static string Key(CatalogueModel model, int threads, Device device)
    {
        var version = typeof(CatalogueModel).Assembly.ManifestModule.ModuleVersionId; // new whenever the engine is: it may have become faster
        var all = string.Join('\n', [.. model.Files.Select(file => file.Sha256 ?? ""), MachineCheck.Processor(), $"{threads}", $"{version}"]);
        if (device is not (Device.Cpu or Device.Auto)) all += $"\n{device}";
        return $"{model.Name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..16]}";
    }

    private Dictionary<string, double> Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(_path), SpeedsJson.Default.DictionaryStringDouble) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }
}

[JsonSerializable(typeof(Dictionary<string, double>))]
internal sealed partial class SpeedsJson : JsonSerializerContext;
