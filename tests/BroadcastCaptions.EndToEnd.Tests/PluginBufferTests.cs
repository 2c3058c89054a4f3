using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BroadcastCaptions.TestKit.Obs;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>
/// OBS mixes sound the later the busier the machine once was, by up to a second, and calls a hidden source active until its mixer comes to that moment.
/// What is said meanwhile is off air, and appears nowhere.
/// </summary>
[Trait("Category", "EndToEnd")]
[Collection(Alone.Name)]
public sealed partial class PluginBufferTests(PluginOnAirTests.Speaking speaking) : IClassFixture<PluginOnAirTests.Speaking>
{
    private const double BeforeMight = 3.65; // s: half a second later she says "might", which tells
    private const int Late = 450;            // ms: more than the times here may be wrong by

    // Most often it fills OBS's buffer. Where it does not, what follows is the test of an OBS that mixes in time: more of them disturb the sound itself.
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(6);

    private int Buffered => Buffering().Matches(speaking.Show.Harness.Log()).Select(match => int.Parse(match.Groups["buffer"].Value, CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();

    [Theory]
    [InlineData("hidden")]
    [InlineData("another scene")]
    public async Task Cut_off_while_OBS_mixes_late_nothing_after_it_appears(string way)
    {
        await FillAsync();
        AssertEndsAt(await PluginOnAirTests.CutAsync(speaking, way, BeforeMight));
    }

    [Fact]
    public async Task Nor_where_a_scene_within_the_program_is_hidden()
    {
        const string around = "Around";
        var (show, obs) = (speaking.Show, speaking.Show.Obs);
        await FillAsync();
        await obs.CreateSceneAsync(around);
        await obs.AskAsync("CreateSceneItem", new JsonObject { ["sceneName"] = around, ["sourceName"] = show.Scene });
        await obs.SwitchSceneAsync(around);
        try
        {
            AssertEndsAt(await PluginOnAirTests.CutAsync(speaking, _ => show.ShowAsync(show.Scene, false, around), _ => show.ShowAsync(show.Scene, true, around), BeforeMight));
        }
        finally
        {
            await obs.SwitchSceneAsync(show.Scene); // for the others, whose show this is too
        }
    }

    [GeneratedRegex(@"total audio buffering is now (?<buffer>[0-9]+) milliseconds", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Buffering();

    private void AssertEndsAt(Cut cut) => cut.AssertEndsThere(speaking.Captions.Events.Last(e => e.GetProperty("type").GetString() == "final"));

    private async Task FillAsync()
    {
        if (Buffered < Late) await speaking.Show.SayAsync("Anne", Show.Sentence, StallAsync);
    }

    private async Task StallAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(1));
        await speaking.Show.Harness.StallObsAsync(Stall);
    }
}
