using System.Text;
using System.Text.Json;
using BroadcastCaptions.ObsPlugin.Manifest;
using BroadcastCaptions.ObsPlugin.Taps;

namespace BroadcastCaptions.ObsPlugin.Tests;

/// <summary>State is saved and loaded as a versioned blob; normalised values go there and back.</summary>
public sealed class StateTests
{
    private static PluginState Load(string json) => PluginState.Load(PluginManifest.Bundled, Encoding.UTF8.GetBytes(json));

    [Fact]
    public void A_round_trip_keeps_values_texts_and_what_is_unknown()
    {
        var state = Load("""{"state_version":9,"track":3,"label":"ALICE","later":{"a":[1,2]},"colour":1122867}""");
        var again = PluginState.Load(PluginManifest.Bundled, state.Save());
        Assert.Equal((3, "ALICE", 0x112233), (again.Value("track"), again.Text("label"), again.Value("colour")));
        using var saved = JsonDocument.Parse(again.Save());
        Assert.Equal("""{"a":[1,2]}""", saved.RootElement.GetProperty("later").GetRawText());
        Assert.Equal(PluginManifest.Bundled.StateVersion, saved.RootElement.GetProperty(PluginState.VersionField).GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"track\":\"x\",\"enabled\":null}")]
    [InlineData("{\"track\":1e999}")]
    public void What_is_no_good_has_its_default(string json)
    {
        var state = Load(json);
        Assert.Equal((1, true, false), (state.Value("track"), state.IsOn("enabled"), state.IsBypassed));
    }

    [Fact]
    public void Values_are_clamped_to_range_and_step()
    {
        var state = Load("""{"track":99,"start":-5}""");
        Assert.Equal((6, "hand"), (state.Value("track"), state.Chosen("start")));
        state.Set("track", 2.4);
        Assert.Equal(2, state.Value("track"));
    }

    [Fact]
    public void Normalised_values_go_there_and_back()
    {
        var state = new PluginState(PluginManifest.Bundled);
        foreach (var parameter in PluginManifest.Bundled.Parameters)
            foreach (var value in new[] { parameter.Minimum, parameter.Default, parameter.Maximum })
            {
                state.Set(parameter.Id, value);
                var normalised = state.Normalised(parameter.Id);
                Assert.InRange(normalised, 0, 1);
                state.Set(parameter.Id, parameter.Minimum);
                state.SetNormalised(parameter.Id, normalised);
                Assert.Equal(value, state.Value(parameter.Id));
            }
    }

    [Fact]
    public void Bypass_switches_off_and_white_is_no_colour()
    {
        var settings = TapSettings.From(Load("""{"bypass":true}"""));
        Assert.Equal((true, true, 0, StartWish.WithObs), (settings.IsOff, settings.IsBypassed, settings.Colour.Length, settings.Start));
        Assert.Equal("#00FF00"u8.ToArray(), TapSettings.From(Load("""{"colour":65280}""")).Colour);
    }

    [Fact]
    public void A_label_has_no_line_ends_and_is_cut() => Assert.Equal(new string('x', 40), Load($$"""{"label":"x\n{{new string('x', 60)}}"}""").Text("label"));
}
