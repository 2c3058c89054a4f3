using BroadcastCaptions.Audio.Tests.Support;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Audio.Tests.Pulse;

/// <summary>A PulseAudio of the test's own, in folders of its own.</summary>
internal sealed class SoundServerFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private SoundServerFixture(TemporaryFolder folder, SoundServer server) => (_folder, Server) = (folder, server);

    public SoundServer Server { get; }

    /// <summary>What a tap needs to find it.</summary>
    public string Address => $"unix:{_folder.Path}/run/pulse/native";

    public string this[string file] => _folder[file];

    public static async Task<SoundServerFixture> StartAsync()
    {
        Programs.Need("pulseaudio", "pulseaudio");
        Programs.Need("paplay", "pulseaudio-utils");
        var folder = new TemporaryFolder();
        var fixture = new SoundServerFixture(folder, await SoundServer.StartAsync(folder.Folder("home"), folder.Folder("run")));
        await Wait.UntilAsync(fixture.AnswersAsync, Wait.Generous, "PulseAudio's answer");
        return fixture;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return (await AudioDevices.ListAsync(Address)).Count > 0;
        }
        catch (Failures.CaptionsException)
        {
            return false;
        }
    }
}
