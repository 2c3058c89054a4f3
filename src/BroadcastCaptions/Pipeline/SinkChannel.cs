using BroadcastCaptions.Captions;
using BroadcastCaptions.Events;
using BroadcastCaptions.Metrics;

namespace BroadcastCaptions.Pipeline;

/// <summary>
/// The single-reader channel between the pipeline and one sink. Posting never waits. A screen that falls behind sees only
/// the latest block; a sidecar keeps every final. What is dropped is counted.
/// </summary>
internal sealed class SinkChannel : IAsyncDisposable
{
    /// <summary>Events that wait for a screen: a screen that is a second behind has no use for more.</summary>
    private const int ScreenLimit = 256;

    /// <summary>Events that wait for a file or a pipe; beyond it, only what is final is kept.</summary>
    private const int KeepLimit = 10_000;

    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    private readonly ICaptionSink _sink;
    private readonly Counter _dropped;
    private readonly Action<ComponentState> _report;
    private readonly List<CaptionEvent> _waiting = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly CancellationTokenSource _abandon = new();
    private readonly Task _worker;
    private volatile bool _closing;

    public SinkChannel(ICaptionSink sink, Counters counters, Action<ComponentState> report)
    {
        _sink = sink;
        _dropped = counters.Get($"sink.{sink.Name}.dropped");
        _report = report;
        _worker = Task.Run(WorkAsync);
    }

    /// <summary>Hands an event over. Any thread.</summary>
    public void Post(CaptionEvent captionEvent)
    {
        lock (_waiting)
        {
            if (_closing) return;
            if (_sink.Overflow == Overflow.LatestWins && IsBlock(captionEvent)) _dropped.Add(_waiting.RemoveAll(IsBlock));
            MakeRoom();
            _waiting.Add(captionEvent);
        }

        _arrived.Release();
    }

    /// <summary>Lets the sink finish what waits, for a few seconds at most, then disposes it; what that fails with is reported, and hides nothing else.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_waiting) _closing = true;
        _arrived.Release();
        _abandon.CancelAfter(DrainTime);
        await _worker;
        try
        {
            await _sink.DisposeAsync();
        }
        catch (Exception e)
        {
            _report(new ComponentState(_sink.Name, Health.Failed, $"{_sink.Name} could not be closed: {e.Message}"));
        }

        _abandon.Dispose();
        _arrived.Dispose();
    }

    /// <summary>Does this event say what the visible block is? Then an earlier one no longer matters.</summary>
    private static bool IsBlock(CaptionEvent captionEvent) => captionEvent is CueEvent or RetractEvent or ClearEvent;

    private static bool IsFinal(CaptionEvent captionEvent) => captionEvent is TranscriptEvent { Transcript.IsFinal: true };

    private void MakeRoom()
    {
        if (_sink.Overflow == Overflow.LatestWins)
        {
            if (_waiting.Count < ScreenLimit) return;
            _waiting.RemoveAt(0);
            _dropped.Add();
        }
        else if (_waiting.Count >= KeepLimit)
        {
            _dropped.Add(_waiting.RemoveAll(waiting => !IsFinal(waiting)));
        }
    }

    private CaptionEvent? Take()
    {
        lock (_waiting)
        {
            if (_waiting.Count == 0) return null;
            var first = _waiting[0];
            _waiting.RemoveAt(0);
            return first;
        }
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            while (Take() is { } captionEvent) await HandleAsync(captionEvent);
            if (_closing) return;
            await _arrived.WaitAsync();
        }
    }

    private async Task HandleAsync(CaptionEvent captionEvent)
    {
        try
        {
            await _sink.HandleAsync(captionEvent, _abandon.Token);
        }
        catch (OperationCanceledException)
        {
            _dropped.Add();
        }
        catch (Exception e) when (captionEvent is not StateEvent)
        {
            // A sink reports its own failures; what comes here is a bug of ours, and the show goes on.
            _dropped.Add();
            _report(new ComponentState(_sink.Name, Health.Degraded, $"{_sink.Name} failed: {e.Message}"));
        }
        catch (Exception)
        {
            // Reporting a failure to report would never end.
            _dropped.Add();
        }
    }
}
