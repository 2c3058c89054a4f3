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
/// <param name="Family">Which engine runs it: "moonshine", "whisper", "silero-vad".</param>
/// <param name="Task">What it is for.</param>
/// <param name="Languages">BCP 47 tags; "mul": many, which the model itself tells apart; empty where it does not depend on the language.</param>
/// <param name="Licence">SPDX identifier of the weights' licence.</param>
/// <param name="Credit">Who made it.</param>
/// <param name="Home">Page of the original.</param>
/// <param name="Files">What the model consists of.</param>
/// <param name="ApproximateSize">Bytes of all files together, rounded, where those of each are known to the server only; else null.</param>
/// <param name="Published">What its makers measured; null: nothing that we know of.</param>
public sealed record CatalogueModel(
    string Name, string Family, ModelTask Task, IReadOnlyList<string> Languages, string Licence, string Credit, Uri Home,
    IReadOnlyList<ModelFile> Files, long? ApproximateSize = null, IReadOnlyList<PublishedFigure>? Published = null)
{
    /// <summary>Bytes of all files together: exact, where every file's are known, else rounded; 0 where nothing is known.</summary>
    [JsonIgnore]
    public long Size => Files.All(file => file.Size is not null) ? Files.Sum(file => file.Size!.Value) : ApproximateSize ?? 0;
}

/// <summary>A figure as the model's makers published it: their machine, their recordings.</summary>
/// <param name="Measure">"WER" in per cent, or a speed: what the number is.</param>
/// <param name="Value">The number.</param>
/// <param name="On">On what it was measured.</param>
/// <param name="Source">Where it was published.</param>
public sealed record PublishedFigure(string Measure, double Value, string On, Uri Source);

/// <summary>A file of a model.</summary>
/// <param name="Name">Name in the model's folder, with forward slashes where it lies in a subfolder.</param>
/// <param name="Size">Bytes; null where only the server knows them: they are recorded at the first pull.</param>
/// <param name="Sha256">SHA-256 of the content, 64 lower-case hexadecimal digits; null: recorded at the first pull, and held to from then on.</param>
/// <param name="Sources">Where it is to be had, tried in order; every source must give these very bytes.</param>
/// <param name="Optional">Some exports have it, some do not (weights beside their graph): a source that answers 404 settles that.</param>
public sealed record ModelFile(string Name, long? Size, string? Sha256, IReadOnlyList<FileSource> Sources, bool Optional = false);

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
