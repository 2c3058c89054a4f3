using System.Text.Json.Nodes;
using BroadcastCaptions.Events;
using BroadcastCaptions.Obs.Tests.Fake;

namespace BroadcastCaptions.Obs.Tests;

/// <summary>One captioner at a time a text source.</summary>
public class SourceClaimTests
{
    [Fact]
    public async Task The_second_says_so_writes_nothing_and_takes_over_when_the_first_leaves()
    {
        await using var obs = await FakeObs.StartAsync();
        var first = await ObsTextSinkTests.ReadyAsync(obs);
        await using var second = new Rig(() => obs.Endpoint);
        await second.StateAsync("obs:text", Health.Failed, "Another captioner writes");
        await second.SayAsync("from the second");
        await first.SayAsync("from the first");
        await ObsTextSinkTests.ShowsAsync(obs, "from the first\n ");
        Assert.DoesNotContain("from the second\n ", obs.World.Texts(Rig.Source));

        await first.DisposeAsync();
        await second.StateAsync("obs:text", Health.Ok, "Captions are in");
        await ObsTextSinkTests.ShowsAsync(obs, "from the second\n ");
        Assert.Contains("", obs.World.Texts(Rig.Source).SkipWhile(text => text != "from the first\n "));
    }

    [Fact]
    public async Task The_second_takes_over_when_the_first_was_killed()
    {
        await using var obs = await FakeObs.StartAsync();
        await using (var holder = await ObsClient.ConnectAsync(obs.Endpoint, ObsEvents.General, TimeProvider.System, default))
        {
            using var alive = new CancellationTokenSource();
            var answering = AnswerAsync(holder, alive.Token);
            await using var second = new Rig(() => obs.Endpoint);
            await second.StateAsync("obs:text", Health.Failed, "Another captioner writes");
            await alive.CancelAsync(); // killed: it says nothing any more
            await answering;
            await second.StateAsync("obs:text", Health.Ok, "Captions are in");
        }
    }

    [Fact]
    public async Task Of_two_at_once_one_writes()
    {
        await using var obs = await FakeObs.StartAsync();
        await using var a = new Rig(() => obs.Endpoint);
        await using var b = new Rig(() => obs.Endpoint);
        await Eventually.TrueAsync(() => Holders(a, b) is (1, 1), "one that writes and one that waits");
    }

    [Fact]
    public async Task Captioners_of_different_sources_do_not_mind_each_other()
    {
        await using var obs = await FakeObs.StartAsync();
        await using var first = await ObsTextSinkTests.ReadyAsync(obs);
        await using var other = new Rig(new Options.ObsOptions { Source = "Deutsch" }, () => obs.Endpoint);
        await other.StateAsync("obs:text", Health.Ok, "\"Deutsch\"");
    }

    private static (int Writing, int Waiting) Holders(params Rig[] rigs)
    {
        var last = rigs.Select(rig => rig.States.All.LastOrDefault(state => state.Component == "obs:text")?.Health).ToList();
        return (last.Count(health => health is Health.Ok), last.Count(health => health is Health.Failed));
    }

    private static async Task AnswerAsync(ObsClient client, CancellationToken alive)
    {
        var held = new JsonObject { ["broadcastCaptions"] = new JsonObject { ["source"] = Rig.Source, ["id"] = "0", ["since"] = 1, ["held"] = true } };
        try
        {
            await foreach (var obsEvent in client.Events.ReadAllAsync(alive))
            {
                if (obsEvent.Type != "CustomEvent" || obsEvent.Data.GetProperty("broadcastCaptions").GetProperty("id").GetString() == "0") continue;
                await client.RequestAsync("BroadcastCustomEvent", new JsonObject { ["eventData"] = held.DeepClone() }, alive);
            }
        }
        catch (OperationCanceledException)
        {
            // the end of the pretence
        }
    }
}
