using System.Text.Json;

namespace BroadcastCaptions.ObsPlugin.Manifest;

/// <summary>plugin-manifest/broadcast-captions.plugin.json: what every host reads of this plug-in, each parameter declared once.</summary>
/// <param name="Id">Name of the plug-in's files and folders.</param>
/// <param name="Name">What the user sees.</param>
/// <param name="Version">Its version.</param>
/// <param name="StateVersion">Version of the saved state's form.</param>
/// <param name="Kinds">Id and name by kind: "filter", "track".</param>
/// <param name="Parameters">The numbers.</param>
/// <param name="Texts">The texts.</param>
internal sealed record PluginManifest(
    string Id, string Name, string Version, int StateVersion, IReadOnlyDictionary<string, (string Id, string Name)> Kinds, IReadOnlyList<Parameter> Parameters,
    IReadOnlyList<TextSetting> Texts)
{
    private const string Resource = "manifest.json";

    /// <summary>The manifest that this library carries.</summary>
    public static PluginManifest Bundled { get; } = LoadBundled();

    /// <summary>The parameters that instances of a kind have.</summary>
    public IEnumerable<Parameter> Of(string kind) => Parameters.Where(parameter => parameter.For.Length == 0 || parameter.For == kind);

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="InvalidDataException">It is none; says which field is missing or wrong.</exception>
    public static PluginManifest Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = new Field(document.RootElement, "manifest");
            return new PluginManifest(
                root.Text("id"), root.Text("name"), root.Text("version"), root.Integer("stateVersion"),
                root.Items("kinds").ToDictionary(kind => kind.Text("kind"), kind => (kind.Text("id"), kind.Text("name"))),
                [.. root.Items("parameters").Select(Parameter)],
                [.. root.Items("texts").Select(text => new TextSetting(
                    text.Text("id"), text.Text("name"), text.Text("default"), text.Integer("maximumLength"), text.Text("help")))]);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"The plug-in's manifest is no good: {e.Message}", e);
        }
    }

    private static PluginManifest LoadBundled()
    {
        using var stream = typeof(PluginManifest).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidDataException("The plug-in carries no manifest.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Parse(bytes);
    }

    private static Parameter Parameter(Field field)
    {
        var type = field.Text("type") switch
        {
            "switch" => ParameterType.Switch,
            "number" => ParameterType.Number,
            "colour" => ParameterType.Colour,
            "choice" => ParameterType.Choice,
            var other => throw field.Bad("type", $"'{other}' is neither switch, number, colour nor choice"),
        };
        Choice[] choices = type == ParameterType.Choice ? [.. field.Items("choices").Select(choice => new Choice(choice.Text("name"), choice.Text("value")))] : [];
        var parameter = new Parameter(
            field.Text("id"), field.Text("name"), type, field.Number("minimum"), field.Number("maximum"), field.Number("default"), field.Integer("steps"),
            choices, field.Flag("isBypass"), field.TextOr("for", ""), field.Text("help"));
        if (!(parameter.Minimum < parameter.Maximum) || parameter.Steps < 1) throw field.Bad("maximum", "the range is empty");
        if (!parameter.Clamp(parameter.Default).Equals(parameter.Default)) throw field.Bad("default", "no value of its range");
        if (choices.Length > 0 && choices.Length != parameter.Steps + 1) throw field.Bad("choices", $"{choices.Length} choices for {parameter.Steps} steps");
        return parameter;
    }
}
