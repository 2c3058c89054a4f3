using BroadcastCaptions.TestKit.Obs;

namespace BroadcastCaptions.TestKit.Measurement;

/// <summary>Polls a text source of OBS and keeps each text with the moment at which it was seen.</summary>
/// <remarks>The moment is taken when OBS's answer is there, so that no text counts as earlier than it was.</remarks>
public sealed class ScreenWatch : IAsyncDisposable
{
    /// <summary>Time between two looks; a measurement may have at most 10 ms.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(5);

    private readonly ObsObserver _obs;
    private readonly string _source;
    private readonly List<(double At, string Text)> _seen = [];
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    /// <summary>Begins to watch.</summary>
    /// <param name="obs">A connection for this watch alone.</param>
    /// <param name="source">The text source's name.</param>
    public ScreenWatch(ObsObserver obs, string source)
    {
        (_obs, _source) = (obs, source);
        _watching = WatchAsync();
    }

    /// <summary>Each text that was seen, when it was first seen (<see cref="MonitorRecording.Now"/>); null while the source is not there.</summary>
    public IReadOnlyList<(double At, string Text)> Seen
    {
        get
        {
            lock (_lock) return [.. _seen];
        }
    }

    /// <summary>The text now.</summary>
    public string Current
    {
        get
        {
            lock (_lock) return _seen.Count > 0 ? _seen[^1].Text : "";
        }
    }

    /// <summary>Seconds from each look to the next: what a word's latency may be too long by.</summary>
    public IReadOnlyList<double> Gaps
    {
        get
        {
            lock (_lock) return [.. _gaps];
        }
    }

    private readonly List<double> _gaps = [];

    /// <summary>Stops; fails if OBS was lost meanwhile.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Every);
        double? before = null;
        while (!_stop.IsCancellationRequested)
        {
            var text = await _obs.TextAsync(_source) ?? "";
            var now = MonitorRecording.Now;
            lock (_lock)
            {
                if (_seen.Count == 0 || _seen[^1].Text != text) _seen.Add((now, text));
                if (before is not null) _gaps.Add(now - before.Value);
            }

            before = now;
            await timer.WaitForNextTickAsync();
        }
    }
}
