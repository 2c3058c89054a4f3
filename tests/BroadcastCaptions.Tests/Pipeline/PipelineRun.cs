using System.Collections.Concurrent;
using BroadcastCaptions.Audio;
using BroadcastCaptions.Captions;
using BroadcastCaptions.Captions.Filters;
using BroadcastCaptions.Captions.RollUp;
using BroadcastCaptions.Control;
using BroadcastCaptions.Events;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Pipeline;
using BroadcastCaptions.Session;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Tests.Pipeline;

/// <summary>The real pipeline with the real model, over files as fast as possible; keeps what came out.</summary>
internal sealed class PipelineRun(CaptionsOptions options) : ICaptionSink
{
    private readonly List<CaptionEvent> _events = [];

    public string Name => "test";

    public Overflow Overflow => Overflow.KeepAll;

    public ConcurrentQueue<ControlMessage> Control { get; } = new();

    public Counters Counters { get; } = new();

    public IReadOnlyList<CaptionEvent> Events => _events;

    public IEnumerable<Speech.Transcript> Finals => _events.OfType<TranscriptEvent>().Select(e => e.Transcript).Where(t => t.IsFinal);

    public string Text => string.Join(' ', Finals.Select(final => final.Text));

    /// <summary>Called after each event, on a thread of the sink.</summary>
    public Action<CaptionEvent>? Seen { get; init; }

    public async Task<PipelineRun> OverAsync(Engine engine, params string[] files)
    {
        var time = new AudioDrivenTime();
        var clock = new MediaClock(time);
        await using var hub = new EventHub(clock, Counters, _ => { });
        hub.Add(this);
        using var recognizer = engine.CreateRecognizer(options, Counters, time);
        var taps = TapSpec.ParseAll(files).Select(spec => TapFactory.Create(spec, TapPace.Fast)).ToList();
        foreach (var tap in taps) await tap.StartAsync(clock, CancellationToken.None);
        var sources = taps.ConvertAll(tap => tap.Source);
        var lanes = new LaneSet(recognizer);
        foreach (var tap in taps) lanes.Add(new SpeechFrames(tap));
        using var metrics = new LiveMetrics(Counters, time);
        new LivePipeline(
            Control, clock, time, lanes, recognizer, new Stabilizer(options.Display), new EchoFilter(TextFilters.From(options.BlockList, Counters), Counters),
            new RollUpFormatter(options.Display, sources), hub, metrics).Run();
        foreach (var tap in taps) await tap.DisposeAsync();
        return this;
    }

    public ValueTask HandleAsync(CaptionEvent captionEvent, CancellationToken cancellation)
    {
        _events.Add(captionEvent);
        Seen?.Invoke(captionEvent);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
