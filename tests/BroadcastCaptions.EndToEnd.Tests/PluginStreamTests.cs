using System.Text.Json.Nodes;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>A captioner that is to come with the stream, and OBS that streams to a server of our own.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PluginStreamTests
{
    private const string Anne = "Anne";
    private const int ByHand = 0, WithStream = 2; // the manifest's choices

    [Fact]
    public async Task The_captioner_comes_and_goes_with_the_stream_and_again_with_the_next()
    {
        await using var show = await PluginShow.BeginAsync(async harness => Assert.Equal(0, (await CaptionsProgram.RunAsync(harness.Environment, "plugin", "install")).Code));
        await show.AddSpeakerAsync(Anne, Show.Brief, filter: false);
        await show.Obs.AddFilterAsync(Anne, settings: new JsonObject { ["start"] = WithStream });
        for (var stream = 0; stream < 2; stream++)
        {
            await Task.Delay(TimeSpan.FromSeconds(5)); // longer than a captioner that is wanted would be waited for
            Assert.Null(show.CaptionerId);
            await using var server = await ServeAsync(show);
            await show.Obs.AskAsync("StartStream");
            await show.CaptionerAsync();
            Show.AssertSaid(Show.Brief, await show.SayAsync(Anne, Show.Brief));
            await show.Obs.AskAsync("StopStream");
            await Wait.UntilAsync(() => show.CaptionerId is null, Wait.Generous, "the captioner's end");
        }

        await show.SetFilterAsync(Anne, "start", ByHand);
        await using var last = await ServeAsync(show);
        await show.Obs.AskAsync("StartStream");
        await Task.Delay(TimeSpan.FromSeconds(5));
        Assert.Null(show.CaptionerId);
    }

    /// <summary>A server that takes one stream and throws it away, and an OBS that knows it.</summary>
    private static async Task<GuardedProcess> ServeAsync(PluginShow show)
    {
        var port = Loopback.FreePort();
        var server = $"rtmp://127.0.0.1:{port}/live";
        await show.Obs.AskAsync("SetStreamServiceSettings", new JsonObject
        {
            ["streamServiceType"] = "rtmp_custom",
            ["streamServiceSettings"] = new JsonObject { ["server"] = server, ["key"] = "show" },
        });
        var process = await GuardedProcess.StartAsync(["ffmpeg", "-v", "error", "-listen", "1", "-i", $"{server}/show", "-f", "null", "-"]);
        await Wait.UntilAsync(() => File.ReadAllText("/proc/net/tcp").Contains($":{port:X4} 00000000:0000 0A", StringComparison.Ordinal), Wait.Generous, "a server that listens"); // it takes one connection: none to try it
        return process;
    }
}
