using System.Globalization;
using System.Text.RegularExpressions;

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
        if (Buffered < Late) await speaking.Show.SayAsync("Anne", Show.Sentence, StallAsync);
        var cut = await PluginOnAirTests.CutAsync(speaking, way, BeforeMight);
        cut.AssertEndsThere(speaking.Captions.Events.Last(e => e.GetProperty("type").GetString() == "final"));
    }

    [GeneratedRegex(@"total audio buffering is now (?<buffer>[0-9]+) milliseconds", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Buffering();

    private async Task StallAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(1));
        await speaking.Show.Harness.StallObsAsync(Stall);
    }
}
