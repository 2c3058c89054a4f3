using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>The models that the product knows, as data: catalogue.json, whose form catalogue.schema.json describes.</summary>
/// <param name="Packages">npm packages that hold model files.</param>
/// <param name="Models">The models.</param>
public sealed record ModelCatalogue(IReadOnlyList<ModelPackage> Packages, IReadOnlyList<CatalogueModel> Models)
{
    /// <summary>The catalogue that comes with the product; a <see cref="ModelStore"/> has the user's entries too.</summary>
    public static ModelCatalogue Bundled { get; } = CatalogueFile.ReadBundled();

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

    internal ModelPackage Package(string id) => Packages.FirstOrDefault(package => package.Id == id)
        ?? throw new CaptionsException($"The catalogue names the npm package {id} without its size and integrity.", "Add it to \"packages\" in models.json.", ExitCode.Usage);

    /// <summary>This catalogue with another's entries: those that it has not are added, those of the same name are replaced.</summary>
    internal ModelCatalogue With(ModelCatalogue other) => new(
        [.. Packages.Where(known => other.Packages.All(package => package.Id != known.Id)), .. other.Packages],
        [.. Models.Select(known => other.Models.LastOrDefault(model => IsSame(model, known)) ?? known), .. other.Models.Where(model => !Models.Any(known => IsSame(model, known)))]);

    private static bool IsSame(CatalogueModel one, CatalogueModel other) => string.Equals(one.Name, other.Name, StringComparison.OrdinalIgnoreCase);
}
