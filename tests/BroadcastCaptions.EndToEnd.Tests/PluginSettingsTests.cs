using System.Text.Json;
using System.Text.Json.Nodes;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Obs;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>What a real OBS shows of our settings is what the manifest declares, and nothing else.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PluginSettingsTests
{
    private const string Track = "Viewers hear", Version = "state_version";

    private static readonly JsonElement Manifest =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Places.Repository, "plugin-manifest", "broadcast-captions.plugin.json"))).RootElement;

    [Fact]
    public async Task OBS_knows_the_manifest_s_parameters_their_defaults_and_their_choices()
    {
        await using var show = await PluginShow.BeginAsync();
        var filter = await show.Obs.AskAsync("GetSourceFilterDefaultSettings", new JsonObject { ["filterKind"] = ObsPlugin.Filter });
        AssertDeclared("filter", filter.GetProperty("defaultFilterSettings"));
        var track = await show.Obs.AskAsync("GetInputDefaultSettings", new JsonObject { ["inputKind"] = ObsPlugin.Track });
        AssertDeclared("track", track.GetProperty("defaultInputSettings"));

        await show.AddTrackAsync(Track);
        foreach (var parameter in Manifest.GetProperty("parameters").EnumerateArray())
        {
            if (parameter.GetProperty("type").GetString() != "choice") continue;
            var shown = (await show.Obs.AskAsync("GetInputPropertiesListPropertyItems", new JsonObject { ["inputName"] = Track, ["propertyName"] = parameter.GetProperty("id").GetString() }))
                .GetProperty("propertyItems").EnumerateArray();
            Assert.Equal(
                parameter.GetProperty("choices").EnumerateArray().Select((choice, index) => (choice.GetProperty("name").GetString(), index)),
                shown.Select(item => (item.GetProperty("itemName").GetString(), item.GetProperty("itemValue").GetInt32())));
        }
    }

    private static void AssertDeclared(string kind, JsonElement defaults)
    {
        var declared = Manifest.GetProperty("parameters").EnumerateArray().Concat(Manifest.GetProperty("texts").EnumerateArray())
            .ToDictionary(one => one.GetProperty("id").GetString()!, one => one.GetProperty("default"));
        var known = defaults.EnumerateObject().Where(one => one.Name != Version).ToDictionary(one => one.Name, one => one.Value);
        Assert.Equal(declared.Keys.Order(), known.Keys.Order());
        Assert.All(declared, one => Assert.True(Same(one.Value, known[one.Key]), $"{kind} {one.Key}: {known[one.Key]}, not {one.Value}"));
    }

    private static bool Same(JsonElement declared, JsonElement known) => known.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => known.GetBoolean() == (declared.GetDouble() != 0),
        JsonValueKind.Number => known.GetDouble().Equals(declared.GetDouble()), // the one colour is white, the same either way round
        _ => known.GetString() == declared.GetString(),
    };
}
