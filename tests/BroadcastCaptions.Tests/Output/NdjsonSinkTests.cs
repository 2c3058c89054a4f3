using System.Text.Json;
using BroadcastCaptions.Events;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Output;
using BroadcastCaptions.Session;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Tests.Output;

/// <summary>Events whose output is on a disk that is full for a while.</summary>
public sealed class NdjsonSinkTests
{
    private readonly List<ComponentState> _states = [];

    [Fact]
    public async Task A_full_disk_is_told_once_and_again_when_there_is_room()
    {
        await using var disk = new Disk();
        await using var sink = new NdjsonSink(disk, _states.Add);
        await WriteAsync(sink, events: 1);
        disk.IsFull = true;
        await WriteAsync(sink, events: 3);
        Assert.Equal(Health.Degraded, Assert.Single(_states).Health);

        disk.IsFull = false;
        await WriteAsync(sink, events: 1);

        Assert.Equal((Health.Ok, true), (_states[^1].Health, _states[^1].Detail.Contains("3 events were lost", StringComparison.Ordinal)));
        var lines = disk.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2 + 1, lines.Length); // and the beginning of one that the disk had no room for
        Assert.Equal("clear", JsonDocument.Parse(lines[^1]).RootElement.GetProperty("type").GetString());
    }

    [Fact]
    public void Events_that_were_lost_fail_the_show_though_it_goes_on()
    {
        var verdict = new Verdict();
        verdict.Note(new(NdjsonSink.Component, Health.Degraded, "full"));
        verdict.Note(new(NdjsonSink.Component, Health.Ok, "resumed"));
        Assert.Equal(ExitCode.Failed, verdict.Code(interrupted: true));
    }

    private static async Task WriteAsync(NdjsonSink sink, int events)
    {
        for (var i = 0; i < events; i++) await sink.HandleAsync(new ClearEvent(new MediaTime(i)), CancellationToken.None);
    }

    /// <summary>Has room for some letters more, as disks have that are full.</summary>
    private sealed class Disk : StringWriter
    {
        private bool _isCut;

        public bool IsFull { get; set; }

        public string Text => ToString();

        public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
        {
            if (!IsFull) return base.WriteAsync(buffer, cancellationToken);
            if (!_isCut) Write(buffer.Span[..5]);
            _isCut = true;
            throw new IOException("No space left on device.");
        }
    }
}
