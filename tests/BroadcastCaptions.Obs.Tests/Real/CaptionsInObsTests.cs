using System.Text.Json.Nodes;
using BroadcastCaptions.Events;
using BroadcastCaptions.TestKit.Obs;

namespace BroadcastCaptions.Obs.Tests.Real;

/// <summary>The text sink in a real OBS.</summary>
public class CaptionsInObsTests(RealObs real) : IClassFixture<RealObs>
{
    [Fact]
    public async Task Every_scene_shows_the_words_a_new_one_too()
    {
        const string source = "In every scene";
        await using var obs = await real.Harness.ObserveAsync();
        await using (var rig = real.Caption(source))
        {
            await rig.StateAsync("obs:text", Health.Ok, "Captions are in");
            await obs.CreateSceneAsync("Made while live");
            await rig.StateAsync("obs:text", Health.Ok, "all 2 scenes");
            await rig.SayAsync("Hello");
            await RealObs.ShowsAsync(obs, source, "Hello\n ");
            foreach (var scene in await obs.ScenesAsync())
            {
                await obs.SwitchSceneAsync(scene);
                Assert.NotNull(PictureBox.Of(await RealObs.SteadyPictureAsync(obs)));
            }

            await RealObs.RemoveAsync(obs, source); // the scene that is not on air holds on to it
            await rig.SayAsync("Back again");
            await rig.StateAsync("obs:text", Health.Ok, "made just now");
            await RealObs.ShowsAsync(obs, source, "Back again\n ");
            foreach (var scene in await obs.ScenesAsync()) Assert.Contains(source, await obs.ItemsAsync(scene));
        }

        Assert.Equal("", await obs.TextAsync(source));
        await RealObs.RemoveAsync(obs, source);
        await obs.AskAsync("RemoveScene", new JsonObject { ["sceneName"] = "Made while live" });
    }

    [Fact]
    public async Task The_first_line_does_not_move_and_nothing_is_left_after_a_clear()
    {
        const string source = "Still";
        await using var obs = await real.Harness.ObserveAsync();
        await using (var rig = real.Caption(source))
        {
            await rig.StateAsync("obs:text", Health.Ok, "Captions are in");
            var first = await PictureOfAsync(obs, source, rig, "Hmm");
            var box = PictureBox.Of(first)!;
            foreach (var lines in new string[][] { ["Hmm, gypsy quay"], ["Hmm, gypsy quay", "gag"], ["Hmm", "HÉ (|)"] })
            {
                var grown = await PictureOfAsync(obs, source, rig, lines);
                Assert.True((box with { Right = box.Right - 10 }).IsSameIn(first, grown), string.Join('|', lines)); // the last letter's edge meets its neighbour
                Assert.Equal(box.Top, PictureBox.Of(grown)!.Top);
            }

            await rig.HandleAsync(new ClearEvent(rig.Clock.Now));
            await RealObs.ShowsAsync(obs, source, "");
            Assert.Null(PictureBox.Of(await RealObs.SteadyPictureAsync(obs)));
        }

        await RealObs.RemoveAsync(obs, source);
    }

    [Theory]
    [InlineData(1280, 720)]
    [InlineData(1920, 1080)]
    public async Task A_full_block_of_capitals_fits_on_the_canvas_at_the_bottom_left(int width, int height)
    {
        var source = $"Fits {width}";
        await using var obs = await real.Harness.ObserveAsync();
        await obs.AskAsync("SetVideoSettings", new JsonObject { ["baseWidth"] = width, ["baseHeight"] = height });
        await using (var rig = real.Caption(source))
        {
            await rig.StateAsync("obs:text", Health.Ok, "Captions are in");
            var picture = await PictureOfAsync(
                obs, source, rig, "THE QUICK BROWN FOX JUMPS OVER A LAZY DOG,", "and (gypsies) play jazz on a quay of Quito");
            var box = PictureBox.Of(picture)!;
            Assert.Equal((width, height), (picture.Width, picture.Height));
            Assert.InRange(box.Left, width * 0.04, width * 0.07);
            Assert.InRange(box.Right, width * 0.75, width * 0.96); // as large as fits
            Assert.InRange(box.Bottom, height * 0.92, height * 0.96);
            Assert.True(box.Top > height * 0.75);
        }

        await RealObs.RemoveAsync(obs, source);
    }

    [Fact]
    public async Task Captions_go_on_in_another_scene_collection()
    {
        const string source = "Collections";
        await using var obs = await real.Harness.ObserveAsync();
        await using (var rig = real.Caption(source))
        {
            await rig.StateAsync("obs:text", Health.Ok, "Captions are in");
            await rig.SayAsync("on");
            await RealObs.ShowsAsync(obs, source, "on\n ");
            await obs.AskAsync("CreateSceneCollection", new JsonObject { ["sceneCollectionName"] = "Another" });
            await RealObs.ShowsAsync(obs, source, "on\n ");
            await obs.AskAsync("SetCurrentSceneCollection", new JsonObject { ["sceneCollectionName"] = "Untitled" });
            await rig.SayAsync("and on");
            await RealObs.ShowsAsync(obs, source, "and on\n ");
            Assert.Single(await obs.ItemsAsync(await obs.CurrentSceneAsync()), name => name.StartsWith(source, StringComparison.Ordinal));
        }

        await RealObs.RemoveAsync(obs, source);
    }

    [Fact]
    public async Task Stale_text_is_cleared_and_the_users_look_is_kept()
    {
        const string source = "Stale";
        await using var obs = await real.Harness.ObserveAsync();
        var settings = new JsonObject { ["text"] = "left by a killed run", ["color1"] = 0xFF00FFFF };
        await obs.AskAsync("CreateInput", new JsonObject
        {
            ["sceneName"] = await obs.CurrentSceneAsync(),
            ["inputName"] = source,
            ["inputKind"] = "text_ft2_source_v2",
            ["inputSettings"] = settings,
        });
        await using (var rig = real.Caption(source)) await RealObs.ShowsAsync(obs, source, "");
        var after = await obs.AskAsync("GetInputSettings", new JsonObject { ["inputName"] = source });
        Assert.Equal(0xFF00FFFF, after.GetProperty("inputSettings").GetProperty("color1").GetUInt32());
        await RealObs.RemoveAsync(obs, source);
    }

    [Fact]
    public async Task A_second_captioner_waits_and_takes_over()
    {
        const string source = "Two captioners";
        await using var obs = await real.Harness.ObserveAsync();
        var first = real.Caption(source);
        await first.StateAsync("obs:text", Health.Ok, "Captions are in");
        await using (var second = real.Caption(source))
        {
            await second.StateAsync("obs:text", Health.Failed, "Another captioner writes");
            await first.DisposeAsync();
            await second.SayAsync("my turn");
            await RealObs.ShowsAsync(obs, source, "my turn\n ");
        }

        await RealObs.RemoveAsync(obs, source);
    }

    private static async Task<Picture> PictureOfAsync(ObsObserver obs, string source, Fake.Rig rig, params string[] lines)
    {
        await rig.SayAsync(lines);
        await RealObs.ShowsAsync(obs, source, lines.Length == 1 ? lines[0] + "\n " : string.Join('\n', lines));
        return await RealObs.SteadyPictureAsync(obs);
    }
}
