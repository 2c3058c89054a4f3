using System.Text.Json.Nodes;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>
/// A scene that lies over the program whatever that shows, as downstream keyers lay it: on an output channel of its own. OBS's own scripts can do
/// so, and a hotkey presses them.
/// </summary>
[Trait("Category", "EndToEnd")]
[Collection(Alone.Name)]
public sealed class PluginOverlaidTests
{
    private const string Anne = "Anne", Overlay = "Overlay", Empty = "Empty";

    private const string Script = """
        function lay(pressed, name)
            if not pressed then return end
            local scene = obslua.obs_get_source_by_name(name)
            obslua.obs_set_output_source(7, scene)
            obslua.obs_source_release(scene)
        end

        function script_load(settings)
            obslua.obs_hotkey_register_frontend("overlay.on", "Overlay on", function(pressed) lay(pressed, "Overlay") end)
            obslua.obs_hotkey_register_frontend("overlay.off", "Overlay off", function(pressed) lay(pressed, "") end)
        end
        """;

    [Fact]
    public async Task It_is_on_air_whatever_the_program_shows_and_cut_off_with_its_overlay_or_within_it()
    {
        await using var show = await PluginShow.BeginAsync();
        await show.Obs.CreateSceneAsync(Overlay);
        await show.Obs.CreateSceneAsync(Empty);
        await show.AddSpeakerAsync(Anne, Show.Sentence, scene: Overlay);
        await File.WriteAllTextAsync(Path.Combine(show.Harness.Home, "overlay.lua"), Script);
        await show.RewriteScenesAsync(scenes => scenes["modules"]!["scripts-tool"] = new JsonArray(new JsonObject { ["path"] = Path.Combine(show.Harness.Home, "overlay.lua") }));
        await show.Obs.StopMediaAsync(Anne); // OBS plays what it loads
        await using var captions = await show.CaptionAsync("--out", Listening.Files(show));

        Assert.Empty(await show.SayAsync(Anne, Show.Sentence)); // it lies nowhere yet

        await LayAsync(show);
        var words = await show.SayAsync(Anne, Show.Sentence, async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
            await show.Obs.SwitchSceneAsync(Empty);
        });
        Show.AssertSaid(Show.Sentence, words);

        await AssertCutAsync(show, captions, _ => show.Obs.PressHotkeyAsync("overlay.off"));
        await LayAsync(show);
        await AssertCutAsync(show, captions, _ => show.ShowAsync(Anne, false, Overlay));
    }

    private static Task LayAsync(PluginShow show) => show.Obs.PressHotkeyAsync("overlay.on");

    private static async Task AssertCutAsync(PluginShow show, CaptionsProcess captions, Func<PluginShow, Task> off)
    {
        await using var listening = await Listening.BeginAsync(show, captions);
        Cut? cut = null;
        var words = await show.SayAsync(Anne, Show.Sentence, async () => cut = await Cut.MakeAsync(show, off));
        cut!.AssertHolds(words, listening.Everywhere);
        cut.AssertEarly();
    }
}
