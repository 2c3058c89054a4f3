using BroadcastCaptions.Audio;
using BroadcastCaptions.Captions.Sidecars;
using BroadcastCaptions.Events;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Tests.Sidecars;

/// <summary>A sidecar on a fake disk.</summary>
internal sealed class SidecarRig
{
    private static readonly DateTimeOffset Zero = new(2026, 11, 22, 20, 15, 3, TimeSpan.FromHours(1));

    public SidecarRig(SidecarFormat format, params string[] names)
    {
        var writer = new SidecarWriter(
            new SidecarFile(Disk), format, format.Header(Zero), new SidecarHealth("sidecar:talk", States.Add), Counters.Get("sidecar.lost"));
        Sink = new SidecarSink("sidecar:talk", "talk", format, writer, names.Select(name => new AudioSource(name, name)));
    }

    public FakeDisk Disk { get; } = new();

    public List<ComponentState> States { get; } = [];

    public Counters Counters { get; } = new();

    public SidecarSink Sink { get; }

    public async Task Say(Transcript transcript, double at) =>
        await Sink.HandleAsync(new TranscriptEvent(new MediaTime(at), transcript), CancellationToken.None);

    public Task Say(string text, long segment, double start, string source = "mic") =>
        Say(Tests.Say.Final(source, segment, text, start), start + text.Split(' ').Length * Tests.Say.WordSeconds + 0.5);

    public async Task Pass(double now) =>
        await Sink.HandleAsync(new MetricsEvent(new MediaTime(now), new Dictionary<string, double>()), CancellationToken.None);
}
