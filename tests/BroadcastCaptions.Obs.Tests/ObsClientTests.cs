using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using BroadcastCaptions.Obs.Tests.Fake;
using Microsoft.Extensions.Time.Testing;

namespace BroadcastCaptions.Obs.Tests;

public class ObsClientTests
{
    [Fact]
    public async Task Identifies_with_the_password_and_gets_answers()
    {
        await using var obs = await FakeObs.StartAsync("secret");
        await using var client = await ConnectAsync(obs.Endpoint);
        Assert.Equal("OBS 29.0.2 (WebSocket 5.1.0)", (await ObsVersion.AskAsync(client, default)).ToString());
    }

    [Fact]
    public async Task Says_that_the_password_is_wrong_and_never_says_the_password()
    {
        await using var obs = await FakeObs.StartAsync("right");
        var refused = await Assert.ThrowsAsync<ObsConnectionException>(() => ConnectAsync(obs.Endpoint with { Password = "hunter2" }));
        Assert.Equal(ObsFailure.WrongPassword, refused.Failure);
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_a_password_is_asked_for_and_none_is_known()
    {
        await using var obs = await FakeObs.StartAsync("right");
        var refused = await Assert.ThrowsAsync<ObsConnectionException>(() => ConnectAsync(obs.Endpoint with { Password = null }));
        Assert.Equal(ObsFailure.WrongPassword, refused.Failure);
        Assert.Contains("none is known", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_listens()
    {
        var refused = await Assert.ThrowsAsync<ObsConnectionException>(() => ConnectAsync(new ObsEndpoint("127.0.0.1", FreePort(), null)));
        Assert.Equal(ObsFailure.Unreachable, refused.Failure);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2p1\r\n")]
    public async Task What_listens_is_no_WebSocket_server(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeOnceAsync(listener, answer);
        var refused = await Assert.ThrowsAsync<ObsConnectionException>(
            () => ConnectAsync(new ObsEndpoint("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, null)));
        Assert.Equal(ObsFailure.NotObs, refused.Failure);
        await serving;
    }

    [Theory]
    [InlineData("hello there")]
    [InlineData("""{"op":5,"d":{}}""")]
    [InlineData("""{"op":0,"d":{"rpcVersion":0}}""")]
    [InlineData("""[1,2,3]""")]
    public async Task What_listens_speaks_something_else(string greeting)
    {
        await using var obs = await FakeObs.StartAsync();
        obs.Greeting = () => greeting;
        var refused = await Assert.ThrowsAsync<ObsConnectionException>(() => ConnectAsync(obs.Endpoint));
        Assert.Equal(ObsFailure.NotObs, refused.Failure);
        Assert.Contains("is not OBS's WebSocket server", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_listens_never_greets()
    {
        await using var obs = await FakeObs.StartAsync();
        obs.Greeting = () => null;
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        var connecting = ObsClient.ConnectAsync(obs.Endpoint, ObsEvents.None, time, default);
        await Eventually.TrueAsync(() => obs.Connected == 1, "a connection");
        time.Advance(TimeSpan.FromSeconds(3));
        var refused = await Assert.ThrowsAsync<ObsConnectionException>(() => connecting);
        Assert.Equal(ObsFailure.NotObs, refused.Failure);
    }

    [Fact]
    public async Task A_kick_is_told_from_a_lost_connection()
    {
        await using var obs = await FakeObs.StartAsync();
        await using var kicked = await ConnectAsync(obs.Endpoint);
        await RoundTripAsync(kicked);
        await obs.CloseAllAsync(4011);
        Assert.Equal(ObsFailure.Kicked, (await kicked.Closed).Failure);

        await using var dropped = await ConnectAsync(obs.Endpoint);
        await RoundTripAsync(dropped);
        obs.DropAll();
        Assert.Equal(ObsFailure.Lost, (await dropped.Closed).Failure);
        await Assert.ThrowsAsync<ObsConnectionException>(() => RoundTripAsync(dropped));
    }

    [Fact]
    public async Task A_request_in_flight_ends_with_the_connection()
    {
        await using var obs = await FakeObs.StartAsync();
        var asked = new TaskCompletionSource();
        obs.Intercept = async (_, _) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite);
            return null;
        };
        await using var client = await ConnectAsync(obs.Endpoint);
        var request = RoundTripAsync(client);
        await asked.Task;
        obs.DropAll();
        await Assert.ThrowsAsync<ObsConnectionException>(() => request);
    }

    [Fact]
    public async Task No_answer_is_a_timeout()
    {
        await using var obs = await FakeObs.StartAsync();
        var asked = new TaskCompletionSource();
        obs.Intercept = async (_, _) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite);
            return null;
        };
        var time = new FakeTimeProvider();
        await using var client = await ObsClient.ConnectAsync(obs.Endpoint, ObsEvents.None, time, default);
        var request = RoundTripAsync(client);
        await asked.Task;
        await Task.WhenAny(request, AdvanceAsync(time, request));
        await Assert.ThrowsAsync<TimeoutException>(() => request);
    }

    [Fact]
    public async Task Asks_again_while_OBS_is_not_ready()
    {
        await using var obs = await FakeObs.StartAsync();
        var left = 3;
        obs.Intercept = (_, _) => Task.FromResult(left-- > 0 ? FakeAnswer.NotReady : null);
        await using var client = await ConnectAsync(obs.Endpoint);
        await RoundTripAsync(client);
        Assert.Equal(1, obs.World.Count("GetVersion"));
        Assert.True(left < 0);
    }

    [Fact]
    public async Task An_error_carries_its_status()
    {
        await using var obs = await FakeObs.StartAsync();
        await using var client = await ConnectAsync(obs.Endpoint);
        var error = await Assert.ThrowsAsync<ObsRequestException>(
            () => client.RequestAsync("GetInputMute", new JsonObject { ["inputName"] = "nobody" }));
        Assert.Equal(ObsStatus.ResourceNotFound, error.Status);
    }

    [Fact]
    public async Task A_batch_answers_each_request_in_order()
    {
        await using var obs = await FakeObs.StartAsync();
        await using var client = await ConnectAsync(obs.Endpoint);
        var answers = await client.BatchAsync([new("GetVersion"), new("GetInputMute", new JsonObject { ["inputName"] = "nobody" }), new("GetVideoSettings")]);
        Assert.Equal([100, 600, 100], answers.Select(answer => answer.Status));
        Assert.Equal(1280, answers[2].Data.GetProperty("baseWidth").GetInt32());
    }

    [Fact]
    public async Task Events_come_in_order()
    {
        await using var obs = await FakeObs.StartAsync();
        await using var client = await ConnectAsync(obs.Endpoint);
        await RoundTripAsync(client);
        for (var i = 0; i < 50; i++) obs.Emit($"E{i}");
        for (var i = 0; i < 50; i++) Assert.Equal($"E{i}", (await client.Events.ReadAsync()).Type);
    }

    [Fact]
    public async Task A_reader_that_falls_too_far_behind_loses_the_connection_not_an_event()
    {
        await using var obs = await FakeObs.StartAsync();
        await using var client = await ConnectAsync(obs.Endpoint);
        await RoundTripAsync(client);
        for (var i = 0; i <= ObsClient.EventCapacity; i++) obs.Emit("E");
        Assert.Equal(ObsFailure.Lost, (await client.Closed).Failure);
    }

    private static async Task AdvanceAsync(FakeTimeProvider time, Task until)
    {
        while (!until.IsCompleted)
        {
            time.Advance(ObsClient.RequestTimeout);
            await Task.Delay(10);
        }
    }

    private static Task<ObsClient> ConnectAsync(ObsEndpoint endpoint) => ObsClient.ConnectAsync(endpoint, ObsEvents.None, TimeProvider.System, default);

    private static async Task RoundTripAsync(ObsClient client) => await client.RequestAsync("GetVersion");

    private static async Task ServeOnceAsync(TcpListener listener, string answer)
    {
        using var peer = await listener.AcceptTcpClientAsync();
        await peer.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer));
        await peer.GetStream().FlushAsync();
        await peer.GetStream().CopyToAsync(Stream.Null);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
