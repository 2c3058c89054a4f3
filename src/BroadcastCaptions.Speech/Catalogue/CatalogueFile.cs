using System.Text.Json;
using System.Text.Json.Serialization;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Platform;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>Reads catalogues: the bundled one, the user's, and what an import wrote beside a model.</summary>
internal static class CatalogueFile
{
    /// <summary>The user's entries, in the configuration folder.</summary>
    public const string UserFileName = "models.json";

    /// <summary>An imported model's own entry, in the model's folder: a catalogue of one.</summary>
    public const string EntryFileName = "model.json";

    private static readonly JsonElement Schema = ReadSchema();

    /// <summary>Where the user's entries lie.</summary>
    public static string UserPath => Path.Combine(AppFolders.Configuration, UserFileName);

    /// <summary>The catalogue that comes with the product.</summary>
    public static ModelCatalogue ReadBundled()
    {
        using var json = Resource("catalogue.json");
        return ToCatalogue(JsonSerializer.Deserialize(json, CatalogueJson.Default.CatalogueDocument)!);
    }

    /// <summary>A catalogue from a file that people may write.</summary>
    /// <exception cref="CaptionsException">Broken JSON, or something that the schema does not allow.</exception>
    public static ModelCatalogue Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (SchemaCheck.FirstFault(Schema, document.RootElement) is { } fault)
                throw new CaptionsException($"{path}: {fault}.", "Correct it; catalogue.schema.json describes the file.", ExitCode.Usage);
            return ToCatalogue(document.RootElement.Deserialize(CatalogueJson.Default.CatalogueDocument)!);
        }
        catch (JsonException e)
        {
            var where = e.LineNumber is { } line ? $" in line {line + 1}" : "";
            throw new CaptionsException($"{path} is not valid JSON{where}.", "Correct it, or delete it to do without its models.", ExitCode.Usage, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CaptionsException($"{path} cannot be read.", "Check its permissions.", ExitCode.Usage, e);
        }
    }

    /// <summary>Writes a catalogue of one model.</summary>
    public static string Write(CatalogueModel model) =>
        JsonSerializer.Serialize(new CatalogueDocument(null, null, [model]), CatalogueJson.Default.CatalogueDocument);

    private static ModelCatalogue ToCatalogue(CatalogueDocument document) => new(document.Packages ?? [], document.Models);

    private static JsonElement ReadSchema()
    {
        using var json = Resource("catalogue.schema.json");
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static Stream Resource(string name) => typeof(CatalogueFile).Assembly.GetManifestResourceStream(name)!;
}

internal sealed record CatalogueDocument(
    [property: JsonPropertyName("$schema")] string? Schema, IReadOnlyList<ModelPackage>? Packages, IReadOnlyList<CatalogueModel> Models);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CatalogueDocument))]
internal sealed partial class CatalogueJson : JsonSerializerContext;
