using System.Text.Json.Nodes;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>Each way in which viewers stop hearing a source, in a real OBS: what was said before is shown, nothing after it appears anywhere.</summary>
[Trait("Category", "EndToEnd")]
[Collection(Alone.Name)]
public sealed class PluginOnAirTests(PluginOnAirTests.Speaking speaking) : IClassFixture<PluginOnAirTests.Speaking>
{
    private const string Anne = "Anne", Empty = "Empty";

    public static TheoryData<string> Ways => [.. Means.Keys];

    private static readonly Dictionary<string, (Func<PluginShow, Task> Off, Func<PluginShow, Task> On)> Means = new()
    {
        ["muted"] = (show => show.Obs.MuteAsync(Anne, true), show => show.Obs.MuteAsync(Anne, false)),
        ["fader down"] = (show => show.SetAsync("SetInputVolume", "inputVolumeMul", 0), show => show.SetAsync("SetInputVolume", "inputVolumeMul", 1)),
        ["monitor only"] = (
            show => show.SetAsync("SetInputAudioMonitorType", "monitorType", "OBS_MONITORING_TYPE_MONITOR_ONLY"),
            show => show.SetAsync("SetInputAudioMonitorType", "monitorType", "OBS_MONITORING_TYPE_NONE")),
        ["no track"] = (show => show.SetAsync("SetInputAudioTracks", "inputAudioTracks", Tracks(false)), show => show.SetAsync("SetInputAudioTracks", "inputAudioTracks", Tracks(true))),
        ["another scene"] = (show => show.Obs.SwitchSceneAsync(Empty), show => show.Obs.SwitchSceneAsync(show.Scene)),
        ["in the preview only"] = (
            async show =>
            {
                await show.Obs.AskAsync("SetStudioModeEnabled", new JsonObject { ["studioModeEnabled"] = true }); // its preview goes on showing the scene
                await show.Obs.SwitchSceneAsync(Empty);
            },
            async show =>
            {
                await show.Obs.SwitchSceneAsync(show.Scene);
                await show.Obs.AskAsync("SetStudioModeEnabled", new JsonObject { ["studioModeEnabled"] = false });
            }
        ),
        ["another scene, faded to"] = (
            async show =>
            {
                await FadeAsync(show); // viewers hear her until its end
                await Wait.UntilAsync(async () => (await show.Obs.AskAsync("GetCurrentSceneTransitionCursor")).GetProperty("transitionCursor").GetDouble() >= 1, Wait.Generous, "the end of the fade");
            },
            CutBackAsync),
        ["hidden while its scene fades"] = (
            async show =>
            {
                await FadeAsync(show);
                await show.ShowAsync(Anne, false);
            },
            async show =>
            {
                await show.ShowAsync(Anne, true);
                await CutBackAsync(show);
            }
        ),
        ["hidden"] = (show => show.ShowAsync(Anne, false), show => show.ShowAsync(Anne, true)),
        ["switched off by the filter"] = (show => show.SetFilterAsync(Anne, "enabled", false), show => show.SetFilterAsync(Anne, "enabled", true)),
        ["bypassed"] = (show => show.SetFilterAsync(Anne, "bypass", true), show => show.SetFilterAsync(Anne, "bypass", false)),
        ["switched off for all"] = (show => show.Obs.AskPluginAsync("off"), show => show.Obs.AskPluginAsync("on")),
        ["filter disabled"] = (show => show.EnableFilterAsync(Anne, false), show => show.EnableFilterAsync(Anne, true)),
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public Task Cut_off_in_the_middle_nothing_after_it_appears(string way) => CutAsync(speaking, way);

    [Fact]
    public async Task Hidden_by_one_item_and_shown_by_another_she_is_on_air()
    {
        var (show, obs) = (speaking.Show, speaking.Show.Obs);
        var more = await obs.AskAsync("CreateSceneItem", new JsonObject { ["sceneName"] = show.Scene, ["sourceName"] = Anne });
        var item = new JsonObject { ["sceneName"] = show.Scene, ["sceneItemId"] = more.GetProperty("sceneItemId").GetInt32() };
        try
        {
            var words = await show.SayAsync(Anne, EndToEnd.Tests.Show.Sentence, async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(2));
                await show.ShowAsync(Anne, false);
            });
            EndToEnd.Tests.Show.AssertSaid(EndToEnd.Tests.Show.Sentence, words);
        }
        finally
        {
            await obs.AskAsync("RemoveSceneItem", item);
            await show.ShowAsync(Anne, true);
        }
    }

    /// <summary>Cuts Anne off in the middle of what she says, after so many seconds at least, and asserts that nothing after it appears.</summary>
    internal static Task<Cut> CutAsync(Speaking speaking, string way, double from = 0) => CutAsync(speaking, Means[way].Off, Means[way].On, from);

    /// <summary>Cuts her off in a way of the test's own.</summary>
    internal static async Task<Cut> CutAsync(Speaking speaking, Func<PluginShow, Task> off, Func<PluginShow, Task> on, double from)
    {
        for (var more = from > 0 ? 2 : 0; ; more--) // a moment of the test's own choice is missed by a fifth of a second on a busy machine; every cut must hold all the same
        {
            await speaking.ListenAsync();
            Cut? cut = null;
            var words = await speaking.Show.SayAsync(Anne, EndToEnd.Tests.Show.Sentence, async () => cut = await Cut.MakeAsync(speaking.Show, off, from));
            await on(speaking.Show);
            cut!.AssertHolds(words, speaking.Everywhere);
            if (!cut.IsEarly && more > 0) continue;
            cut.AssertEarly();
            return cut;
        }
    }

    private static async Task FadeAsync(PluginShow show)
    {
        await show.Obs.AskAsync("SetCurrentSceneTransition", new JsonObject { ["transitionName"] = "Fade" });
        await show.Obs.AskAsync("SetCurrentSceneTransitionDuration", new JsonObject { ["transitionDuration"] = 1000 });
        await show.Obs.SwitchSceneAsync(Empty);
    }

    private static async Task CutBackAsync(PluginShow show)
    {
        await show.Obs.AskAsync("SetCurrentSceneTransition", new JsonObject { ["transitionName"] = "Cut" });
        await show.Obs.SwitchSceneAsync(show.Scene);
    }

    private static JsonObject Tracks(bool on) => new(Enumerable.Range(1, 6).Select(track => KeyValuePair.Create<string, JsonNode?>($"{track}", on)));

    /// <summary>One OBS in which Anne speaks, and a captioner that writes files too.</summary>
    public sealed class Speaking : IAsyncLifetime
    {
        private Listening? _listening;

        public PluginShow Show { get; private set; } = null!;

        public CaptionsProcess Captions { get; private set; } = null!;

        public string Everywhere => _listening!.Everywhere;

        /// <summary>Begins to listen anew: what is said from now on counts.</summary>
        public async Task ListenAsync()
        {
            if (_listening is not null) await _listening.DisposeAsync();
            _listening = await Listening.BeginAsync(Show, Captions);
        }

        public async Task InitializeAsync()
        {
            Show = await PluginShow.BeginAsync();
            await Show.AddSpeakerAsync(Anne, EndToEnd.Tests.Show.Sentence);
            await Show.Obs.CreateSceneAsync(Empty);
            await Show.Obs.AskAsync("SetCurrentSceneTransition", new JsonObject { ["transitionName"] = "Cut" }); // while one scene fades out, viewers still hear it
            Captions = await Show.CaptionAsync("--out", Listening.Files(Show));
        }

        public async Task DisposeAsync()
        {
            if (_listening is not null) await _listening.DisposeAsync();
            await Captions.DisposeAsync();
            await Show.DisposeAsync();
        }
    }
}
