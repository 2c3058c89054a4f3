using BroadcastCaptions.Captions;
using BroadcastCaptions.Control;
using BroadcastCaptions.Events;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Obs.Tests.Fake;

/// <summary>A captioner as the product composes it: session, text sink, on-air watcher.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public const string Source = "BroadcastCaptions";

    private long _revision;

    public Rig(Func<ObsEndpoint> endpoint, params ObservedTap[] taps)
        : this(new ObsOptions(), endpoint, taps)
    {
    }

    public Rig(ObsOptions options, Func<ObsEndpoint> endpoint, params ObservedTap[] taps)
    {
        var time = TimeProvider.System;
        Clock = new MediaClock(time);
        Sink = new ObsTextSink(options, new DisplayOptions(), Counters, States.Add, time);
        var watcher = new ObsOnAirWatcher(options, taps, Clock, OnAir.Add, States.Add);
        Session = new ObsSession(
            () => ObsConfiguration.Find(With(options, endpoint()), [], _ => false), [Sink, watcher], States.Add, time);
        Session.Start();
    }

    public Counters Counters { get; } = new();

    public MediaClock Clock { get; }

    public ObsTextSink Sink { get; }

    public ObsSession Session { get; }

    public Collected<ComponentState> States { get; } = new();

    public Collected<ControlMessage> OnAir { get; } = new();

    public ValueTask SayAsync(params string[] lines) => Sink.HandleAsync(
        new CueEvent(Clock.Now, new CaptionCue(1, (int)Interlocked.Increment(ref _revision), Clock.Now, Clock.Now, [.. lines.Select(line => new CaptionLine(line, "mic", 0))])),
        default);

    public ValueTask HandleAsync(CaptionEvent captionEvent) => Sink.HandleAsync(captionEvent, default);

    /// <summary>Waits until a state with these words was reported last for its component.</summary>
    public Task StateAsync(string component, Health health, string words) => Eventually.TrueAsync(
        () => States.All.LastOrDefault(state => state.Component == component) is { } last
            && last.Health == health && last.Detail.Contains(words, StringComparison.Ordinal),
        $"{component} {health}: {words}; reported: {string.Join(" | ", States.All)}");

    public async ValueTask DisposeAsync()
    {
        await Sink.DisposeAsync();
        await Session.DisposeAsync();
    }

    private static ObsOptions With(ObsOptions options, ObsEndpoint endpoint) => new()
    {
        Host = endpoint.Host,
        Port = endpoint.Port,
        Password = endpoint.Password,
        Source = options.Source,
        Always = options.Always,
    };
}
