using System.Threading.Channels;
using BroadcastCaptions.Captions;
using BroadcastCaptions.Events;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Obs.Session;
using BroadcastCaptions.Obs.Text;
using BroadcastCaptions.Options;

namespace BroadcastCaptions.Obs;

/// <summary>
/// Shows the visible block in one text input that has an item in every scene of OBS. At most one message is in flight and
/// one is sent per frame; newer text replaces what waits; the same text is never sent twice. While OBS is away it only
/// remembers; the source is cleared when OBS is there (a killed run may have left text), and at the end.
/// </summary>
public sealed class ObsTextSink : ICaptionSink, IObsParticipant
{
    /// <summary>One frame at 30 frames a second: more often nobody would see.</summary>
    public static readonly TimeSpan SmallestGap = TimeSpan.FromMilliseconds(33);

    internal const string Component = "obs:text";

    private static readonly TimeSpan LastClearPatience = TimeSpan.FromSeconds(1);

    private readonly string _source;
    private readonly DisplayOptions _display;
    private readonly StateReporter _states;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _since;
    private readonly WantedText _wanted;
    private TextWriterRun? _run;
    private long _cue;
    private volatile bool _disposed;

    /// <summary>A sink that shows nothing until a session runs it.</summary>
    /// <param name="options">The source's name.</param>
    /// <param name="display">Lines and columns: for a new source's font size, and for the constant block.</param>
    /// <param name="counters">Counts <c>obs.text.sent</c> and <c>obs.text.superseded</c>.</param>
    /// <param name="report">Told of every change of state; any thread.</param>
    /// <param name="time">For the throttle.</param>
    public ObsTextSink(ObsOptions options, DisplayOptions display, Counters counters, Action<ComponentState> report, TimeProvider time)
    {
        (_source, _display, _states, _time) = (options.Source, display, new StateReporter(report), time);
        _since = time.GetUtcNow();
        _wanted = new WantedText(counters);
    }

    /// <inheritdoc cref="ICaptionSink.Name"/>
    public string Name => Component;

    /// <inheritdoc/>
    public Overflow Overflow => Overflow.LatestWins;

    /// <inheritdoc/>
    public ValueTask HandleAsync(CaptionEvent captionEvent, CancellationToken cancellation)
    {
        switch (captionEvent)
        {
            case CueEvent e:
                _cue = e.Cue.Id;
                _wanted.Set(CaptionBlock.From(e.Cue, _display.Lines));
                break;
            case RetractEvent e when e.Id == _cue:
            case ClearEvent:
                _wanted.Set(CaptionBlock.Empty);
                break;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task RunAsync(ObsClient client, ChannelReader<ObsEvent> events, Action ready, CancellationToken cancellation)
    {
        ready();
        if (_disposed) return;
        var run = new TextWriterRun(client, _source, _display, _wanted, _since, _states, _time);
        _run = run;
        await run.RunAsync(events, cancellation);
    }

    /// <summary>Clears the source, if OBS is there and it is ours, and leaves it to the next captioner.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        if (_run is not { } run) return;
        using var patience = new CancellationTokenSource(LastClearPatience, _time);
        try
        {
            await run.LeaveAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // OBS is stuck: the next start clears
        }
    }
}
