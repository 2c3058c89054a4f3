using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>What is wrong between us and OBS is said in one sentence with its remedy, and the show goes on.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ObsTroubleTests
{
    [Fact]
    public async Task A_wrong_password_is_named_and_counts_at_the_end()
    {
        await using var show = await Show.BeginAsync();
        await using var captions = await show.CaptionAsync("--obs-password", "not this one");
        var state = await captions.StateAsync("obs", "failed");
        Assert.Contains("password", Detail(state), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("not this one", captions.Errors, StringComparison.Ordinal);
        Assert.Equal(1, (await GoesOnAsync(show, captions)).Code);
    }

    [Fact]
    public async Task A_server_that_is_off_is_named_with_its_menu()
    {
        await using var show = await Show.BeginAsync(startObs: false);
        show.Obs.Settings = show.Obs.Settings with { ServerEnabled = false };
        await show.Obs.StartObsAsync();
        await using var captions = await show.CaptionAsync();
        var state = await captions.EventAsync("state", e => e.GetProperty("component").GetString() == "obs");
        Assert.Contains("Tools → WebSocket Server Settings", state.GetProperty("remedy").GetString(), StringComparison.Ordinal);
        await GoesOnAsync(show, captions);
    }

    [Fact]
    public async Task A_port_taken_by_something_else_is_named()
    {
        await using var show = await Show.BeginAsync(startObs: false);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        using var stop = new CancellationTokenSource();
        var answering = AnswerAsync(other, stop.Token);
        await using var captions = await show.CaptionAsync("--obs-port", $"{((IPEndPoint)other.LocalEndpoint).Port}");
        var state = await captions.StateAsync("obs", "failed");
        Assert.Contains("not OBS", Detail(state) + state.GetProperty("remedy").GetString(), StringComparison.OrdinalIgnoreCase);
        await GoesOnAsync(show, captions);
        await stop.CancelAsync();
        await answering;
    }

    [Fact]
    public async Task A_second_captioner_on_the_same_source_is_told_so()
    {
        await using var show = await Show.BeginAsync();
        await using var first = await show.CaptionInObsAsync();
        await using var second = await show.CaptionAsync();
        var state = await second.StateAsync("obs:text", "failed");
        Assert.Contains("captioner", Detail(state), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, (await second.InterruptAsync()).Code);
        Show.AssertSaid(Show.Brief, (await show.PlayAsync(Show.Brief)).Words);
    }

    private static async Task<CaptionsResult> GoesOnAsync(Show show, CaptionsProcess captions)
    {
        await show.Obs.Sound.PlayAsync(Show.Brief.Path);
        await captions.EventAsync("final");
        return await captions.InterruptAsync();
    }

    private static string Detail(JsonElement state) => state.GetProperty("detail").GetString()!;

    /// <summary>A web server that knows nothing of WebSockets.</summary>
    private static async Task AnswerAsync(TcpListener listener, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
