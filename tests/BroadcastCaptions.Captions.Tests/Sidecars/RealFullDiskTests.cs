using BroadcastCaptions.Audio;
using BroadcastCaptions.Captions.Sidecars;
using BroadcastCaptions.Events;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Tests.Sidecars;

/// <summary>
/// The same as <see cref="FullDiskTests"/> with what the operating system really does. A file system of our own needs the right
/// to mount one; where that is missing, the device that is always full stands for the failing half, and the fake disk for the rest.
/// </summary>
public class RealFullDiskTests
{
    private readonly List<ComponentState> _states = [];

    [Fact]
    public async Task Captions_wait_while_a_real_disk_is_full_and_are_written_when_there_is_room()
    {
        using var disk = SmallDisk.TryMount();
        if (disk is null)
        {
            await A_device_that_is_always_full_is_a_state_and_no_crash();
            return;
        }

        var path = Path.Combine(disk.Path, "talk.srt");
        await using var sink = Open(path);
        await Fill(sink, from: 1, to: 20);
        disk.Fill();
        await Fill(sink, from: 21, to: 200);
        var written = CaptionFile.Srt(await File.ReadAllTextAsync(path)).Count;
        Assert.InRange(written, 20, 199);
        Assert.StartsWith("The disk is full; captions go on", Assert.Single(_states).Detail, StringComparison.Ordinal);

        disk.MakeRoom();
        await sink.HandleAsync(new MetricsEvent(new MediaTime(1000), new Dictionary<string, double>()), CancellationToken.None);
        Assert.Equal("Writing has resumed; nothing was lost.", _states[^1].Detail);
        await sink.DisposeAsync();
        Assert.Equal(Enumerable.Range(1, 200).Select(n => $"Final {n}."), CaptionFile.Srt(await File.ReadAllTextAsync(path)).Select(cue => cue.Text));
    }

    [Fact]
    public async Task A_device_that_is_always_full_is_a_state_and_no_crash()
    {
        if (!OperatingSystem.IsLinux()) return;
        var sink = Open("/dev/full");
        await Fill(sink, from: 1, to: 3);
        Assert.StartsWith("The disk is full; captions go on", Assert.Single(_states).Detail, StringComparison.Ordinal);
        await sink.DisposeAsync();
        Assert.Equal(Health.Failed, _states[^1].Health);
    }

    private SidecarSink Open(string path) =>
        new SidecarFiles(new MediaClock(new AudioDrivenTime()), [new AudioSource("mic")], new Counters(), _states.Add).Open(new SidecarOptions { Srt = path })[0];

    private static async Task Fill(SidecarSink sink, int from, int to)
    {
        for (var n = from; n <= to; n++)
            await sink.HandleAsync(new TranscriptEvent(new MediaTime(n * 2 + 1), Say.Final("mic", n, $"Final {n}.", n * 2)), CancellationToken.None);
    }
}
