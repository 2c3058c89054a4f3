using System.Text.Json;
using System.Text.Json.Serialization;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>The models that the product knows, as data: catalogue.json, whose form catalogue.schema.json describes.</summary>
/// <param name="Packages">npm packages that hold model files.</param>
/// <param name="Models">The models.</param>
public sealed record ModelCatalogue(IReadOnlyList<ModelPackage> Packages, IReadOnlyList<CatalogueModel> Models)
{
    /// <summary>The catalogue that comes with the product.</summary>
    public static ModelCatalogue Bundled { get; } = ReadBundled();

    /// <summary>The model of that name.</summary>
    /// <exception cref="CaptionsException">There is none; the remedy names those that there are.</exception>
    public CatalogueModel Find(string name) =>
        Models.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new CaptionsException(
            $"There is no model named \"{name}\".",
            $"Choose one of {string.Join(", ", Models.Select(model => model.Name))}.",
            ExitCode.Usage);

    /// <summary>The detector of voice that every recognition model listens through.</summary>
    public CatalogueModel Detector => Models.First(model => model.Task == ModelTask.VoiceActivity);

    /// <summary>What must be on a machine for the model of that name to work there without a network: the model, and the detector.</summary>
    /// <exception cref="CaptionsException">There is none of that name.</exception>
    public IReadOnlyList<CatalogueModel> Needed(string name) =>
        Find(name) is { Task: ModelTask.Recognition } model ? [model, Detector] : [Find(name)];

    internal ModelPackage Package(string id) => Packages.First(package => package.Id == id);

    private static ModelCatalogue ReadBundled()
    {
        using var json = typeof(ModelCatalogue).Assembly.GetManifestResourceStream("catalogue.json")!;
        return JsonSerializer.Deserialize(json, CatalogueJson.Default.CatalogueDocument)!.ToCatalogue();
    }
}

internal sealed record CatalogueDocument(
    [property: JsonPropertyName("$schema")] string? Schema, IReadOnlyList<ModelPackage> Packages, IReadOnlyList<CatalogueModel> Models)
{
    public ModelCatalogue ToCatalogue() => new(Packages, Models);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CatalogueDocument))]
internal sealed partial class CatalogueJson : JsonSerializerContext;
