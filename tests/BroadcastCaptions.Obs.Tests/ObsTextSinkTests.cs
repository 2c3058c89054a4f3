using System.Text.Json.Nodes;
using BroadcastCaptions.Events;
using BroadcastCaptions.Obs.Tests.Fake;

namespace BroadcastCaptions.Obs.Tests;

public class ObsTextSinkTests
{
    [Fact]
    public async Task Makes_one_source_with_an_item_in_every_scene()
    {
        await using var obs = await FakeObs.StartAsync("secret", new FakeObsWorld { Scenes = { "Game", "Break" } });
        await using var rig = new Rig(() => obs.Endpoint);
        await rig.StateAsync("obs:text", Health.Ok, "all 3 scenes, made just now");
        Assert.Equal(["Break", "Game", "Scene"], ItemScenes(obs));
        Assert.Equal("text_ft2_source_v2", obs.World.Read(world => world.Inputs[Rig.Source].Kind));
        Assert.Single(obs.World.Read(world => world.Items.Values.Select(item => (string?)item.Transform["positionY"]?.ToString()).Distinct().ToList()));
    }

    [Fact]
    public async Task Is_shown_two_frames_after_the_letters_that_measure_it_were_taken_out()
    {
        await using var obs = await FakeObs.StartAsync();
        var asked = new List<string>();
        obs.Intercept = (type, _) =>
        {
            lock (asked) asked.Add(type);
            return Task.FromResult<FakeAnswer?>(null);
        };
        await using var rig = await ReadyAsync(obs);
        lock (asked)
        {
            var (emptied, shown) = (asked.IndexOf("SetInputSettings"), asked.IndexOf("SetSceneItemEnabled"));
            Assert.InRange(emptied, asked.IndexOf("CreateInput") + 1, shown);
            Assert.True(asked[emptied..shown].Count(type => type == "GetStats") > 2, string.Join(' ', asked)); // the fake's frames go on with each look
        }
    }

    [Fact]
    public async Task Shows_a_constant_block_and_never_the_same_text_twice()
    {
        await using var obs = await FakeObs.StartAsync();
        await using var rig = await ReadyAsync(obs);
        await rig.SayAsync("Hello");
        await ShowsAsync(obs, "Hello\n ");
        await rig.SayAsync("Hello");
        await rig.SayAsync("Hello", "there");
        await ShowsAsync(obs, "Hello\nthere");
        Assert.Equal(["", "", "Hello\n ", "Hello\nthere"], obs.World.Texts(Rig.Source));
    }

    [Fact]
    public async Task The_latest_text_wins_while_OBS_is_slow()
    {
        await using var obs = await FakeObs.StartAsync();
        await using var rig = await ReadyAsync(obs);
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        obs.Intercept = async (type, _) =>
        {
            if (type == "SetInputSettings")
            {
                asked.TrySetResult();
                await answer.Task;
            }

            return null;
        };
        await rig.SayAsync("0");
        await asked.Task;
        for (var i = 1; i <= 100; i++) await rig.SayAsync($"{i}");
        answer.SetResult();
        await ShowsAsync(obs, "100\n ");
        Assert.Equal(["", "", "0\n ", "100\n "], obs.World.Texts(Rig.Source));
        Assert.Equal(99, rig.Counters.Get("obs.text.superseded").Value);
    }

    [Fact]
    public async Task Clears_on_clear_and_on_the_retraction_of_what_is_shown()
    {
        await using var obs = await FakeObs.StartAsync();
        await using var rig = await ReadyAsync(obs);
        await rig.SayAsync("private");
        await ShowsAsync(obs, "private\n ");
        await rig.HandleAsync(new ClearEvent(rig.Clock.Now));
        await ShowsAsync(obs, "");
        await rig.SayAsync("more");
        await rig.HandleAsync(new RetractEvent(rig.Clock.Now, 77)); // of an older block
        await ShowsAsync(obs, "more\n ");
        await rig.HandleAsync(new RetractEvent(rig.Clock.Now, 1));
        await ShowsAsync(obs, "");
    }

    [Fact]
    public async Task Clears_what_a_killed_run_left_and_clears_at_the_end()
    {
        await using var obs = await FakeObs.StartAsync();
        var rig = await ReadyAsync(obs);
        await rig.SayAsync("last words");
        await ShowsAsync(obs, "last words\n ");
        await rig.DisposeAsync();
        Assert.Equal("", obs.World.Texts(Rig.Source)[^1]);

        obs.World.Change(world => world.Inputs[Rig.Source].Settings["text"] = "stale");
        await using var next = new Rig(() => obs.Endpoint);
        await Eventually.TrueAsync(() => obs.World.Read(world => (string?)world.Inputs[Rig.Source].Settings["text"]) == "", "stale text cleared");
    }

    [Fact]
    public async Task Keeps_the_users_look_and_gives_new_scenes_the_users_place()
    {
        var world = new FakeObsWorld { Scenes = { "Game" } };
        world.Inputs[Rig.Source] = new FakeInput(Rig.Source, "text_ft2_source_v2", new JsonObject { ["color1"] = 1 });
        world.Items[("Game", Rig.Source)] = (50, new JsonObject { ["positionX"] = 11, ["positionY"] = 22, ["scaleX"] = 2, ["boundsWidth"] = 0 });
        await using var obs = await FakeObs.StartAsync(world: world);
        await using var rig = await ReadyAsync(obs);
        Assert.Equal("""{"color1":1,"text":""}""", world.Read(w => w.Inputs[Rig.Source].Settings.ToJsonString()));
        Assert.Equal((11, 22, 2), world.Read(w => Place(w, "Scene")));
        Assert.Equal(0, world.Count("CreateInput"));
    }

    [Fact]
    public async Task A_new_scene_gets_its_item()
    {
        await using var obs = await FakeObs.StartAsync();
        await using var rig = await ReadyAsync(obs);
        obs.World.Change(world => world.Scenes.Add("New"));
        obs.Emit("SceneCreated", new JsonObject { ["sceneName"] = "New", ["isGroup"] = false });
        await Eventually.TrueAsync(() => ItemScenes(obs).Contains("New"), "an item in the new scene");
        Assert.Equal(1, obs.World.Count("CreateInput"));
    }

    [Fact]
    public async Task Another_scene_collection_gets_the_source_and_the_text_but_nothing_while_it_loads()
    {
        await using var obs = await FakeObs.StartAsync();
        await using var rig = await ReadyAsync(obs);
        await rig.SayAsync("on and on");
        await ShowsAsync(obs, "on and on\n ");
        obs.Emit("CurrentSceneCollectionChanging");
        obs.World.Change(world =>
        {
            world.Inputs.Clear();
            world.Items.Clear();
            world.Scenes.Clear();
            world.Scenes.Add("Other");
        });
        obs.Emit("InputRemoved", new JsonObject { ["inputName"] = Rig.Source });
        obs.Emit("SceneCreated", new JsonObject { ["sceneName"] = "Other" });
        await rig.SayAsync("said meanwhile");
        await EventsHandledAsync(obs);
        Assert.Equal(1, obs.World.Count("CreateInput"));

        obs.Emit("CurrentSceneCollectionChanged");
        await ShowsAsync(obs, "said meanwhile\n ");
        Assert.Equal(["Other"], ItemScenes(obs));
    }

    [Fact]
    public async Task A_source_that_the_user_removed_comes_back_with_the_next_words()
    {
        await using var obs = await FakeObs.StartAsync();
        await using var rig = await ReadyAsync(obs);
        obs.World.Change(world =>
        {
            world.Inputs.Clear();
            world.Items.Clear();
        });
        await rig.SayAsync("again");
        await ShowsAsync(obs, "again\n ");
    }

    [Fact]
    public async Task A_removed_source_that_a_hidden_scene_still_holds_is_made_anew()
    {
        var world = new FakeObsWorld { Scenes = { "Hidden" }, Removed = { Rig.Source } };
        world.AddInput(Rig.Source, "text_ft2_source_v2");
        world.Items[("Hidden", Rig.Source)] = (50, []);
        await using var obs = await FakeObs.StartAsync(world: world);
        await using var rig = new Rig(() => obs.Endpoint);
        await rig.StateAsync("obs:text", Health.Ok, "all 2 scenes, made just now");
        Assert.Equal(["Hidden", "Scene"], ItemScenes(obs));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_said_and_captions_come_once_it_is_free()
    {
        await using var obs = await FakeObs.StartAsync();
        obs.World.AddInput(Rig.Source, "image_source");
        await using var rig = new Rig(() => obs.Endpoint);
        await rig.StateAsync("obs:text", Health.Failed, "already has something named");
        obs.World.Change(world => world.Inputs.Clear());
        await rig.SayAsync("the next words");
        await rig.StateAsync("obs:text", Health.Ok, "made just now");
    }

    [Fact]
    public async Task Waits_while_OBS_loads_its_scenes()
    {
        await using var obs = await FakeObs.StartAsync(world: new FakeObsWorld());
        obs.World.Change(world => world.Scenes.Clear());
        await using var rig = new Rig(() => obs.Endpoint);
        await Eventually.TrueAsync(() => obs.World.Count("GetSceneList") > 1, "a second look");
        Assert.Equal(0, obs.World.Count("CreateInput"));
        obs.World.Change(world => world.Scenes.Add("Loaded"));
        await rig.StateAsync("obs:text", Health.Ok, "the only scene");
    }

    internal static async Task<Rig> ReadyAsync(FakeObs obs)
    {
        var rig = new Rig(() => obs.Endpoint);
        await Eventually.TrueAsync(() => obs.World.Texts(Rig.Source) is [.., ""] && rig.Counters.Get("obs.text.sent").Value > 0, "the source, cleared");
        return rig;
    }

    internal static Task ShowsAsync(FakeObs obs, string text) => Eventually.TrueAsync(
        () => obs.World.Texts(Rig.Source) is [.., var last] && last == text, $"\"{text}\" in OBS");

    // Events go through one queue: once a later one shows its effect, the earlier ones were handled.
    private static async Task EventsHandledAsync(FakeObs obs)
    {
        var before = obs.World.Count("BroadcastCustomEvent");
        obs.Emit("CustomEvent", new JsonObject { ["broadcastCaptions"] = new JsonObject { ["source"] = Rig.Source, ["id"] = "z", ["since"] = 9e15, ["held"] = false } });
        await Eventually.TrueAsync(() => obs.World.Count("BroadcastCustomEvent") > before, "an answer");
    }

    private static (int X, int Y, int Scale) Place(FakeObsWorld world, string scene)
    {
        var transform = world.Items[(scene, Rig.Source)].Transform;
        return ((int)transform["positionX"]!, (int)transform["positionY"]!, (int)transform["scaleX"]!);
    }

    private static List<string> ItemScenes(FakeObs obs) =>
        obs.World.Read(world => world.Items.Keys.Where(item => item.Source == Rig.Source).Select(item => item.Scene).Order(StringComparer.Ordinal).ToList());
}
