using BroadcastCaptions.Audio.Tests.Support;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Audio.Tests.Pulse;

/// <summary>A sound server of the test's own, in folders of its own.</summary>
internal sealed class SoundServerFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private SoundServerFixture(TemporaryFolder folder, SoundServer server) => (_folder, Server) = (folder, server);

    public SoundServer Server { get; }

    /// <summary>What a tap needs to find it.</summary>
    public string Address => $"unix:{_folder.Path}/run/pulse/native";

    public string this[string file] => _folder[file];

    public static async Task<SoundServerFixture> StartAsync(SoundSystem system = SoundSystem.PulseAudio)
    {
        Programs.Need("paplay", "pulseaudio-utils");
        if (system == SoundSystem.PulseAudio) Programs.Need("pulseaudio", "pulseaudio");
        else Programs.Need("pipewire-pulse", "pipewire-pulse, wireplumber and dbus");
        var folder = new TemporaryFolder();
        var fixture = new SoundServerFixture(folder, await SoundServer.StartAsync(folder.Folder("home"), folder.Folder("run"), system));
        await Wait.UntilAsync(fixture.AnswersAsync, Wait.Generous, "the sound server's answer");
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
