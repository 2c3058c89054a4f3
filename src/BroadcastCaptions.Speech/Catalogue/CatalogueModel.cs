using System.Text.Json.Serialization;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>What a model is for.</summary>
public enum ModelTask
{
    /// <summary>Speech to text.</summary>
    [JsonStringEnumMemberName("recognition")]
    Recognition,

    /// <summary>Speech or not, per window.</summary>
    [JsonStringEnumMemberName("voice-activity")]
    VoiceActivity,
}

/// <summary>An entry of the catalogue.</summary>
/// <param name="Name">What the user types; also the folder's name.</param>
/// <param name="Family">Which engine runs it: "moonshine", "silero-vad".</param>
/// <param name="Task">What it is for.</param>
/// <param name="Languages">BCP 47 tags; empty where the model does not depend on the language.</param>
/// <param name="Licence">SPDX identifier of the weights' licence.</param>
/// <param name="Credit">Who made it.</param>
/// <param name="Home">Page of the original.</param>
/// <param name="Files">What the model consists of.</param>
public sealed record CatalogueModel(
    string Name, string Family, ModelTask Task, IReadOnlyList<string> Languages, string Licence, string Credit, Uri Home,
    IReadOnlyList<ModelFile> Files)
{
    /// <summary>Bytes of all files together.</summary>
    [JsonIgnore]
    public long Size => Files.Sum(file => file.Size);
}

/// <summary>A file of a model.</summary>
/// <param name="Name">Name in the model's folder.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">SHA-256 of the content, 64 lower-case hexadecimal digits.</param>
/// <param name="Sources">Where it is to be had, tried in order; every source must give these very bytes.</param>
public sealed record ModelFile(string Name, long Size, string Sha256, IReadOnlyList<FileSource> Sources);

/// <summary>Where a file is to be had: an address on the web, or a path in an npm package.</summary>
/// <param name="Url">The address; null for a package.</param>
/// <param name="Package">The package's id, <c>name@version</c>; null for an address.</param>
/// <param name="Path">The file's path in the package.</param>
public sealed record FileSource(Uri? Url = null, string? Package = null, string? Path = null)
{
    /// <summary>What the user is told: the web host, or "npm".</summary>
    [JsonIgnore]
    public string Name => Url?.Host ?? "npm";
}

/// <summary>An npm package that holds model files.</summary>
/// <param name="Id"><c>name@version</c>.</param>
/// <param name="Size">Bytes of the tarball.</param>
/// <param name="Integrity">npm's own pin: <c>sha512-</c> and the tarball's SHA-512 in base64.</param>
public sealed record ModelPackage(string Id, long Size, string Integrity);
