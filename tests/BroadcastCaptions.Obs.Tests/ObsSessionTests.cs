using System.Text.Json.Nodes;
using System.Threading.Channels;
using BroadcastCaptions.Events;
using BroadcastCaptions.Obs.Tests.Fake;
using BroadcastCaptions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BroadcastCaptions.Obs.Tests;

public class ObsSessionTests
{
    [Fact]
    public async Task OBS_starts_late_closes_and_comes_back()
    {
        var endpoint = new ObsEndpoint("127.0.0.1", 1, null); // nothing listens there
        await using var rig = new Rig(() => endpoint);
        await rig.StateAsync("obs", Health.Waiting, "Nothing answers");
        await rig.Session.Settled;
        await rig.SayAsync("said before OBS was there");

        var world = new FakeObsWorld();
        await using (var obs = await FakeObs.StartAsync(world: world))
        {
            endpoint = obs.Endpoint;
            await rig.StateAsync("obs", Health.Ok, "Connected to OBS 29.0.2");
            await ObsTextSinkTests.ShowsAsync(obs, "said before OBS was there\n ");
        }

        await rig.StateAsync("obs", Health.Waiting, "");
        await using var again = await FakeObs.StartAsync();
        endpoint = again.Endpoint;
        await ObsTextSinkTests.ShowsAsync(again, "said before OBS was there\n ");
    }

    [Fact]
    public async Task A_wrong_password_is_not_tried_again_until_the_configuration_changes()
    {
        await using var obs = await FakeObs.StartAsync("right");
        var password = "wrong";
        var time = new FakeTimeProvider();
        var states = new Collected<ComponentState>();
        await using var session = new ObsSession(
            () => ObsConfiguration.Find(new ObsOptions { Port = obs.Port, Password = password }, [], _ => false), [], states.Add, time);
        session.Start();
        await Eventually.TrueAsync(() => states.Last is { Health: Health.Failed }, "a failure");
        Assert.DoesNotContain("wrong", states.Last!.Detail + states.Last.Remedy, StringComparison.Ordinal);
        await PassAsync(time, 60, () => false);
        Assert.Equal(1, obs.Connected);

        password = "right";
        await PassAsync(time, 600, () => states.Last is { Health: Health.Ok });
        Assert.Equal(Health.Ok, states.Last.Health);
        Assert.Equal(2, obs.Connected);
    }

    [Fact]
    public async Task A_kick_is_not_fought_until_the_user_says_so()
    {
        await using var obs = await FakeObs.StartAsync();
        var time = new FakeTimeProvider();
        var states = new Collected<ComponentState>();
        await using var session = new ObsSession(
            () => ObsConfiguration.Find(new ObsOptions { Port = obs.Port }, [], _ => false), [], states.Add, time);
        session.Start();
        await Eventually.TrueAsync(() => states.Last is { Health: Health.Ok }, "a connection");
        await obs.CloseAllAsync(4011);
        await Eventually.TrueAsync(() => states.Last is { Health: Health.Failed }, "the kick");
        await PassAsync(time, 60, () => false);
        Assert.Equal(1, obs.Connected);

        session.Retry();
        await Eventually.TrueAsync(() => states.Last is { Health: Health.Ok }, "a new connection");
        Assert.Equal(2, obs.Connected);
    }

    [Fact]
    public async Task A_participant_that_fails_is_reported_and_run_again()
    {
        await using var obs = await FakeObs.StartAsync();
        var participant = new FailsOnce();
        var states = new Collected<ComponentState>();
        await using var session = new ObsSession(
            () => ObsConfiguration.Find(new ObsOptions { Port = obs.Port }, [], _ => false), [participant], states.Add, TimeProvider.System);
        session.Start();
        await participant.Second.Task;
        Assert.Contains(states.All, state => state is { Component: "fails", Health: Health.Degraded } && state.Detail.Contains("my reason", StringComparison.Ordinal));
        Assert.Equal(1, obs.Connected);
    }

    [Fact]
    public async Task What_nobody_expected_is_told_and_tried_again()
    {
        await using var obs = await FakeObs.StartAsync();
        var left = 1;
        obs.Intercept = (_, _) => Task.FromResult(left-- > 0 ? new FakeAnswer(100, new() { ["availableRequests"] = new JsonArray(5) }) : null);
        var states = new Collected<ComponentState>();
        await using var session = new ObsSession(
            () => ObsConfiguration.Find(new ObsOptions { Port = obs.Port }, [], _ => false), [], states.Add, TimeProvider.System);
        session.Start();
        await Eventually.TrueAsync(() => states.Last is { Health: Health.Ok }, "a connection");
        Assert.Contains(states.All, state => state is { Health: Health.Waiting } && state.Detail.Contains("cannot be talked to", StringComparison.Ordinal));
    }

    private static async Task PassAsync(FakeTimeProvider time, int seconds, Func<bool> until)
    {
        for (var i = 0; i < seconds && !until(); i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5); // lets the session act on it
        }
    }

    private sealed class FailsOnce : IObsParticipant
    {
        private int _runs;

        public string Name => "fails";

        public TaskCompletionSource Second { get; } = new();

        public Task RunAsync(ObsClient client, ChannelReader<ObsEvent> events, Action ready, CancellationToken cancellation)
        {
            if (++_runs == 1) throw new InvalidOperationException("my reason");
            Second.TrySetResult();
            return Task.Delay(Timeout.Infinite, cancellation);
        }
    }
}
