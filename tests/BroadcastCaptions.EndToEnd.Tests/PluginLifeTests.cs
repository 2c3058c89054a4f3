using System.Diagnostics;
using System.Net.Sockets;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>The captioner is started by OBS, dies, hangs and comes back; OBS goes on.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PluginLifeTests
{
    [Fact]
    public async Task Installed_by_the_product_OBS_starts_the_captioner_restarts_it_and_ends_it()
    {
        await using var show = await PluginShow.BeginAsync(async harness =>
        {
            var installed = await CaptionsProgram.RunAsync(harness.Environment, "plugin", "install");
            Assert.Equal(0, installed.Code);
        });
        await show.AddSpeakerAsync("Anne", Show.Brief);
        await show.CaptionerAsync();
        Show.AssertSaid(Show.Brief, await show.SayAsync("Anne", Show.Brief));

        var first = show.CaptionerId!.Value;
        using (var process = Process.GetProcessById(first)) process.Kill();
        await Wait.UntilAsync(() => show.CaptionerId is { } id && id != first, Wait.Generous, "another captioner");
        await show.CaptionerAsync();
        Show.AssertSaid(Show.Brief, await show.SayAsync("Anne", Show.Brief));

        Assert.Contains("loaded by OBS", (await CaptionsProgram.RunAsync(show.Harness.Environment, "plugin", "status")).Output, StringComparison.Ordinal);
        await show.Harness.CloseObsAsync();
        await Wait.UntilAsync(() => show.CaptionerId is null, Wait.Generous, "the captioner's end");
        Assert.Equal(0, (await CaptionsProgram.RunAsync(show.Harness.Environment, "plugin", "remove")).Code);
        Assert.False(Path.Exists(Path.Combine(show.Harness.Home, ".config", "obs-studio", "plugins")));
    }

    [Fact]
    public async Task A_captioner_that_is_stopped_and_goes_on_captions_again_and_nothing_old()
    {
        await using var show = await PluginShow.BeginAsync();
        await show.AddSpeakerAsync("Anne", Show.Brief);
        await using var captions = await show.CaptionAsync();
        await show.SayAsync("Anne", Show.Brief);
        captions.Send(PosixSignalNumber.Stop);
        await show.Obs.RestartMediaAsync("Anne");
        await Task.Delay(TimeSpan.FromSeconds(12)); // longer than a side may be silent
        var finals = captions.Of("final").Count();
        captions.Send(PosixSignalNumber.Continue);
        await Wait.UntilAsync(async () => (await show.PluginStatusAsync("Anne")).Contains("connected=True", StringComparison.Ordinal), Wait.Generous, "the captioner's return");
        Show.AssertSaid(Show.Brief, await show.SayAsync("Anne", Show.Brief));
        Assert.InRange(captions.Of("final").Skip(finals).Count(), 1, 3);
    }

    [Fact]
    public async Task Clear_empties_the_screen_and_the_host_is_told_what_viewers_read()
    {
        await using var show = await PluginShow.BeginAsync();
        await show.AddSpeakerAsync("Anne", Show.Sentence);
        await using var captions = await show.CaptionAsync();
        await using var events = await VendorEvents.ListenAsync(show.Harness.Settings.Port, show.Harness.Settings.Password);
        await show.SayAsync("Anne", Show.Sentence, async () =>
        {
            await Wait.UntilAsync(async () => SpokenWords.Of(await show.Obs.TextAsync(Show.Captions) ?? "").Count >= 4, Wait.Generous, "words");
            await show.Obs.AskPluginAsync("clear");
            await Wait.UntilAsync(() => captions.Of("clear").Count() > 1, Wait.Generous, "a clear");
        });
        Assert.Contains(events.Of("block"), text => SpokenWords.Of(text).Contains("john"));
        Assert.Contains("", events.Of("block"));
    }

    [Fact]
    public async Task Garbage_on_the_socket_and_another_version_are_sent_away_and_the_show_goes_on()
    {
        await using var show = await PluginShow.BeginAsync();
        await show.AddSpeakerAsync("Anne", Show.Brief);
        await using var captions = await show.CaptionAsync();
        var socket = Path.Combine(show.Harness.Sound.Environment["XDG_RUNTIME_DIR"]!, "broadcast-captions", "bridge.sock");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(socket)!));
        await SendAsync(socket, "GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await captions.StateAsync("plugin", "degraded");
        await SendAsync(socket, [13, 0, 0, 0, 1, 0, 0, 0, 0x42, 0x43, 0x42, 0x52, 9, 0, 0, 0, 1, 0, 0, 0, 0]);
        await captions.EventAsync("state", e => e.GetProperty("detail").GetString()!.Contains("version 9", StringComparison.Ordinal), "the other version");
        Show.AssertSaid(Show.Brief, await show.SayAsync("Anne", Show.Brief));
    }

    private static async Task SendAsync(string path, byte[] bytes)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        await socket.SendAsync(bytes);
        while (await socket.ReceiveAsync(new byte[256]) > 0)
        {
            // Until it is closed.
        }
    }
}
