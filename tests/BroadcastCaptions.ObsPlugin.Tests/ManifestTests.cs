using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BroadcastCaptions.ObsPlugin.Manifest;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.ObsPlugin.Tests;

/// <summary>The manifest is what its schema says, and what the code takes it for.</summary>
public sealed class ManifestTests
{
    private static readonly string Folder = Path.Combine(Places.Repository, "plugin-manifest");

    private static string Json => File.ReadAllText(Path.Combine(Folder, "broadcast-captions.plugin.json"));

    private static JsonElement SchemaJson => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "plugin-manifest.schema.json"))).RootElement;

    public static TheoryData<string> RequiredFields => [.. new[] { "id", "name", "version", "stateVersion", "kinds", "parameters", "texts" }];

    [Fact]
    public void It_fits_its_schema() => Assert.Empty(Schema.Faults(SchemaJson, JsonDocument.Parse(Json).RootElement));

    [Theory]
    [MemberData(nameof(RequiredFields))]
    public void A_missing_field_is_named_by_schema_and_code(string field)
    {
        var broken = JsonNode.Parse(Json)!.AsObject();
        broken.Remove(field);
        Assert.Contains($"$.{field} is missing", Schema.Faults(SchemaJson, JsonDocument.Parse(broken.ToJsonString()).RootElement));
        var thrown = Assert.Throws<InvalidDataException>(() => PluginManifest.Parse(Encoding.UTF8.GetBytes(broken.ToJsonString())));
        Assert.Contains(field, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_without_range_is_named()
    {
        var broken = JsonNode.Parse(Json)!;
        broken["parameters"]![2]!["maximum"] = 1;
        Assert.Contains("parameters[2]", Assert.Throws<InvalidDataException>(() => PluginManifest.Parse(Encoding.UTF8.GetBytes(broken.ToJsonString()))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_unique_and_one_parameter_bypasses()
    {
        var manifest = PluginManifest.Bundled;
        var ids = manifest.Parameters.Select(parameter => parameter.Id).Concat(manifest.Texts.Select(text => text.Id)).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Single(manifest.Parameters, parameter => parameter.IsBypass);
    }

    [Fact]
    public void Choices_are_told_apart_by_name_and_by_value() => Assert.All(
        PluginManifest.Bundled.Parameters.Where(parameter => parameter.Type == ParameterType.Choice),
        parameter =>
        {
            Assert.Equal(parameter.Choices.Count, parameter.Choices.Select(choice => choice.Name).Distinct().Count());
            Assert.Equal(parameter.Choices.Count, parameter.Choices.Select(choice => choice.Value).Distinct().Count());
        });

    [Fact]
    public void Its_version_is_the_products() => Assert.Equal(typeof(PluginManifest).Assembly.GetName().Version!.ToString(3), PluginManifest.Bundled.Version);

    [Fact]
    public void The_page_for_users_lists_every_parameter_as_declared()
    {
        var page = File.ReadAllText(Path.Combine(Places.Repository, "docs", "plugin.md"));
        foreach (var parameter in PluginManifest.Bundled.Parameters) Assert.Contains($"| {parameter.Name} | {parameter.Help} |", page, StringComparison.Ordinal);
        foreach (var text in PluginManifest.Bundled.Texts) Assert.Contains($"| {text.Name} | {text.Help} |", page, StringComparison.Ordinal);
    }
}
