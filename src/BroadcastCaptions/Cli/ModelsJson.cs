using System.Text.Json.Nodes;
using BroadcastCaptions.Choosing;
using BroadcastCaptions.Speech.Catalogue;

namespace BroadcastCaptions.Cli;

/// <summary>What 'captions models' writes with --json.</summary>
internal static class ModelsJson
{
    /// <summary>A model of the list.</summary>
    public static JsonNode Model(ModelStatus status, string lacks, Ability ability)
    {
        var model = status.Model;
        return new JsonObject
        {
            ["name"] = model.Name,
            ["family"] = model.Family,
            ["languages"] = Texts(model.Languages),
            ["licence"] = model.Licence,
            ["home"] = model.Home.OriginalString,
            ["bytes"] = model.Size > 0 ? model.Size : null,
            ["exact"] = model.Files.All(file => file.Size is not null),
            ["published"] = JsonOutput.List(model.Published ?? [], Published),
            ["state"] = Lower(status.State),
            ["fits"] = lacks.Length == 0,
            ["lacks"] = lacks,
            ["can"] = char.ToLowerInvariant($"{ability}"[0]) + $"{ability}"[1..],
            ["folder"] = status.Folder,
            ["files"] = JsonOutput.List(model.Files, file => new JsonObject { ["name"] = file.Name, ["size"] = file.Size, ["sha256"] = file.Sha256 }),
        };
    }

    /// <summary>A file that was verified.</summary>
    public static JsonNode File(string model, FileStatus status) => new JsonObject
    {
        ["model"] = model,
        ["file"] = status.File.Name,
        ["state"] = Lower(status.State),
        ["verified"] = status.IsVerified,
        ["path"] = status.Path,
    };

    /// <summary>A model that was removed.</summary>
    public static JsonNode Removal(string name, Removal removal) =>
        new JsonObject { ["name"] = name, ["freed"] = removal.Freed, ["left"] = Texts(removal.Left) };

    /// <summary>What a folder gave.</summary>
    public static JsonNode Import(ModelImport import) => new JsonObject
    {
        ["taken"] = JsonOutput.List(import.Taken, taken => new JsonObject { ["model"] = taken.Model, ["file"] = taken.File }),
        ["refused"] = Texts(import.Refused),
        ["ready"] = Texts(import.Ready),
        ["quantized"] = JsonOutput.List(import.Quantized, model => new JsonObject { ["model"] = model.Model, ["before"] = model.Before, ["after"] = model.After }),
    };

    private static JsonNode Published(PublishedFigure figure) => new JsonObject
    {
        ["measure"] = figure.Measure,
        ["value"] = figure.Value,
        ["on"] = figure.On,
        ["source"] = figure.Source.OriginalString,
    };

    private static JsonArray Texts(IEnumerable<string> texts) => JsonOutput.List(texts, text => JsonValue.Create(text));

    private static string Lower(InstallState state) => state.ToString().ToLowerInvariant();
}
