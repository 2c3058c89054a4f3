using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>Where OBS does not say, and where there is no captioner: nothing is shown, OBS goes on, and the user is told why.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PluginUnheardTests
{
    private const string Anne = "Anne";

    [Fact]
    public async Task A_source_of_which_OBS_says_what_nobody_understands_is_off_air()
    {
        await using var show = await PluginShow.BeginAsync();
        await show.AddSpeakerAsync(Anne, Show.Brief);
        await show.RewriteScenesAsync(json => json.Source(Anne)["monitoring_type"] = 7); // OBS knows 0, 1 and 2, keeps what it is given, and plays it
        await using var captions = await show.CaptionAsync("--out", Listening.Files(show));
        await using var listening = await Listening.BeginAsync(show, captions);
        Assert.Empty(await show.SayAsync(Anne, Show.Brief));
        Assert.All(SpokenWords.Of(Show.Brief.Reference).Where(word => word.Length > 5), word => Assert.DoesNotContain(word, listening.Everywhere, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("OBS does not say", string.Join('\n', captions.Of("state")), StringComparison.Ordinal);
        await show.SetAsync("SetInputAudioMonitorType", "monitorType", "OBS_MONITORING_TYPE_NONE");
        Show.AssertSaid(Show.Brief, await show.SayAsync(Anne, Show.Brief));
    }

    [Fact]
    public async Task Without_the_captioner_s_program_OBS_goes_on_and_the_properties_name_the_remedy()
    {
        var gone = "";
        await using var show = await PluginShow.BeginAsync(async harness =>
        {
            Assert.Equal(0, (await CaptionsProgram.RunAsync(harness.Environment, "plugin", "install")).Code);
            var command = Directory.EnumerateFiles(harness.Home, "captioner.txt", SearchOption.AllDirectories).Single();
            gone = Path.Combine(harness.Home, "removed", "captions"); // as if the program had been there
            await File.WriteAllLinesAsync(command, [gone, .. File.ReadLines(command).Skip(1)]);
        });
        await show.AddSpeakerAsync(Anne, Show.Brief);
        await show.Obs.RestartMediaAsync(Anne);
        await Wait.UntilAsync(async () => (await show.PluginStatusAsync(Anne)).Contains("cannot be started", StringComparison.Ordinal), Wait.Generous, "what the properties show");
        var shown = await show.PluginStatusAsync(Anne);
        Assert.Contains(gone, shown, StringComparison.Ordinal);
        Assert.Contains("captions plugin install", shown, StringComparison.Ordinal);

        var before = await FramesAsync(show);
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.True(await FramesAsync(show) > before, "OBS renders no more.");
        Assert.Contains("allocated=0", await show.PluginStatusAsync(Anne), StringComparison.Ordinal);
        await show.Harness.CloseObsAsync(); // in good order
    }

    [Fact]
    public async Task What_a_captioner_that_ends_at_once_complained_of_is_shown_by_OBS()
    {
        await using var show = await PluginShow.BeginAsync(async harness =>
        {
            Assert.Equal(0, (await CaptionsProgram.RunAsync(harness.Environment, "plugin", "install")).Code);
            var settings = Directory.CreateDirectory(Path.Combine(harness.Home, ".config", "broadcast-captions"));
            await File.WriteAllTextAsync(Path.Combine(settings.FullName, "captions.json"), """{ "display": { "columns": "many" } }""");
        });
        await show.AddSpeakerAsync(Anne, Show.Brief);
        await show.Obs.RestartMediaAsync(Anne);
        await Wait.UntilAsync(async () => (await show.PluginStatusAsync(Anne)).Contains("ended", StringComparison.Ordinal), Wait.Generous, "what the properties show");
        var shown = await show.PluginStatusAsync(Anne);
        Assert.Contains("captions.json", shown, StringComparison.Ordinal);
        Assert.Contains("many", shown, StringComparison.Ordinal);
        Assert.Contains("many", show.Harness.Log(), StringComparison.Ordinal);
    }

    private static async Task<int> FramesAsync(PluginShow show) => (await show.Obs.AskAsync("GetStats")).GetProperty("renderTotalFrames").GetInt32();
}
