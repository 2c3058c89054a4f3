using System.Text.Json.Nodes;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>Each way in which viewers stop hearing a source, in a real OBS: what was said before is shown, nothing after it appears anywhere.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PluginOnAirTests(PluginOnAirTests.Speaking speaking) : IClassFixture<PluginOnAirTests.Speaking>
{
    private const string Anne = "Anne", Empty = "Empty";

    public static TheoryData<string> Ways => [.. s_ways.Keys];

    private static readonly Dictionary<string, (Func<PluginShow, Task> Off, Func<PluginShow, Task> On)> s_ways = new()
    {
        ["muted"] = (show => show.Obs.MuteAsync(Anne, true), show => show.Obs.MuteAsync(Anne, false)),
        ["fader down"] = (show => show.SetAsync("SetInputVolume", "inputVolumeMul", 0), show => show.SetAsync("SetInputVolume", "inputVolumeMul", 1)),
        ["monitor only"] = (
            show => show.SetAsync("SetInputAudioMonitorType", "monitorType", "OBS_MONITORING_TYPE_MONITOR_ONLY"),
            show => show.SetAsync("SetInputAudioMonitorType", "monitorType", "OBS_MONITORING_TYPE_NONE")),
        ["no track"] = (show => show.SetAsync("SetInputAudioTracks", "inputAudioTracks", Tracks(false)), show => show.SetAsync("SetInputAudioTracks", "inputAudioTracks", Tracks(true))),
        ["another scene"] = (show => show.Obs.SwitchSceneAsync(Empty), show => show.Obs.SwitchSceneAsync(show.Scene)),
        ["hidden"] = (show => show.ShowAsync(Anne, false), show => show.ShowAsync(Anne, true)),
        ["switched off by the filter"] = (show => show.SetFilterAsync(Anne, "enabled", false), show => show.SetFilterAsync(Anne, "enabled", true)),
        ["bypassed"] = (show => show.SetFilterAsync(Anne, "bypass", true), show => show.SetFilterAsync(Anne, "bypass", false)),
        ["switched off for all"] = (show => show.Obs.AskPluginAsync("off"), show => show.Obs.AskPluginAsync("on")),
        ["filter disabled"] = (show => show.EnableFilterAsync(Anne, false), show => show.EnableFilterAsync(Anne, true)),
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Cut_off_in_the_middle_nothing_after_it_appears(string way)
    {
        var show = speaking.Show;
        var before = speaking.Captions.Events.Count;
        var words = await show.SayAsync(Anne, EndToEnd.Tests.Show.Sentence, async () =>
        {
            await Wait.UntilAsync(async () => SpokenWords.Of(await show.Obs.TextAsync(EndToEnd.Tests.Show.Captions) ?? "").Count >= 4, Wait.Generous, "words");
            await s_ways[way].Off(show);
        });
        await s_ways[way].On(show);
        var everywhere = string.Join('\n', speaking.Captions.Events.Skip(before)) + string.Join('\n', speaking.Files.Select(File.ReadAllText).Select(text => text[Math.Max(0, text.LastIndexOf("john", StringComparison.OrdinalIgnoreCase))..]));
        Assert.Contains("john", words);
        Assert.DoesNotContain("power", words);
        Assert.DoesNotContain("power", everywhere, StringComparison.OrdinalIgnoreCase);
    }

    private static JsonObject Tracks(bool on) => new(Enumerable.Range(1, 6).Select(track => KeyValuePair.Create<string, JsonNode?>($"{track}", on)));

    /// <summary>One OBS in which Anne speaks, and a captioner that writes files too.</summary>
    public sealed class Speaking : IAsyncLifetime
    {
        public PluginShow Show { get; private set; } = null!;

        public CaptionsProcess Captions { get; private set; } = null!;

        public IEnumerable<string> Files => Directory.EnumerateFiles(Path.Combine(Show.Harness.Home, "out")).Concat(
            Directory.EnumerateFiles(Show.Harness.Home, "*.log", SearchOption.AllDirectories));

        public async Task InitializeAsync()
        {
            Show = await PluginShow.BeginAsync();
            await Show.AddSpeakerAsync(Anne, EndToEnd.Tests.Show.Sentence);
            await Show.Obs.CreateSceneAsync(Empty);
            Captions = await Show.CaptionAsync("--out", Path.Combine(Show.Harness.Home, "out"));
        }

        public async Task DisposeAsync()
        {
            await Captions.DisposeAsync();
            await Show.DisposeAsync();
        }
    }
}
