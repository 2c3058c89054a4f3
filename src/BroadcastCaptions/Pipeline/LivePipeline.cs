using System.Collections.Concurrent;
using BroadcastCaptions.Captions.Filters;
using BroadcastCaptions.Captions.RollUp;
using BroadcastCaptions.Choosing;
using BroadcastCaptions.Control;
using BroadcastCaptions.Events;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Pipeline;

/// <summary>
/// The whole way of the data, on one thread: taps → resampler → voice detector → segmenter → recogniser → stabiliser →
/// text filters → formatter → sinks. Reading it top to bottom is reading the product.
/// </summary>
/// <remarks>
/// One direction only; what must go back is a <see cref="ControlMessage"/>. The loop hears everything there is, recognises
/// once (the oldest unserved audio first), and publishes. With audio-driven time it hears one frame at a time and
/// recognises all that is due, so that files give the same captions on every machine.
/// </remarks>
internal sealed class LivePipeline(
    ConcurrentQueue<ControlMessage> control,
    MediaClock clock,
    AudioDrivenTime? audioTime,
    LaneSet lanes,
    StreamingRecognizer recognizer,
    Stabilizer stabilizer,
    ITextFilter filter,
    RollUpFormatter formatter,
    EventHub hub,
    LiveMetrics metrics,
    AutoModel? auto = null)
{
    /// <summary>How long to wait for audio; taps deliver every 10 … 20 ms.</summary>
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(5);

    /// <summary>Frames heard in a row before the recogniser gets its turn.</summary>
    private const int FramesInARow = 64;

    private const double MetricsEvery = 1;

    /// <summary>Seconds between two looks at whether the model is the right one.</summary>
    private const double WatchEvery = 0.25;

    /// <summary>
    /// Seconds between two times at which freed memory is given back: what long segments took is kept by the C library otherwise. Live with tiny, two
    /// runs side by side: every 2 s a median of 203 and 205 MB resident, every second 198 and 203, every half 190 and 194, with as much of the processor. Giving
    /// each piece back at once took a quarter more of it.
    /// </summary>
    private const double TrimEvery = 0.5;

    private MediaTime _nextMetrics;
    private MediaTime _nextTrim;
    private MediaTime _nextWatch;
    private bool _stopping;
    private volatile bool _paused;

    /// <summary>Has the user paused?</summary>
    public bool IsPaused => _paused;

    /// <summary>Runs until every tap has ended or someone sends <see cref="Stop"/>; what was said by then is finished first.</summary>
    public void Run()
    {
        hub.Publish(new ClearEvent(clock.Now));
        while (!_stopping)
        {
            lanes.Admit();
            Obey();
            var heard = Hear();
            var recognised = Recognise(all: audioTime is not null);
            Tick();
            if (heard || recognised) continue;
            if (lanes.IsCompleted) break;
            if (audioTime is null) Thread.Sleep(IdleWait);
        }

        foreach (var lane in lanes.All) lane.Finish();
        Recognise(all: true);
        PublishMetrics();
        if (_stopping || audioTime is null) hub.Publish(new ClearEvent(clock.Now));
    }

    private void Obey()
    {
        while (control.TryDequeue(out var message))
        {
            switch (message)
            {
                case Pause: SetPaused(true); break;
                case Resume: SetPaused(false); break;
                case Clear: ClearScreens(); break;
                case Stop: _stopping = true; break;
                case SourceChanged m:
                    formatter.Add(m.Source);
                    hub.Publish(new SourceEvent(clock.Now, m.Source));
                    break;
                case OnAirChanged m:
                    foreach (var lane in lanes.All.Where(lane => lane.Source.Id == m.Source)) lane.SetOnAir(m.OnAir, m.At, m.Why);
                    break;
            }
        }
    }

    private bool Hear()
    {
        var heard = false;
        foreach (var lane in lanes.All)
        {
            var frames = audioTime is null ? FramesInARow : 1;
            while (frames-- > 0 && lane.Pump()) heard = true;
        }

        if (heard && audioTime is not null) audioTime.AdvanceTo(lanes.All.Max(lane => lane.Position));
        return heard;
    }

    private bool Recognise(bool all)
    {
        var any = false;
        while (recognizer.TryServe(out var recognition))
        {
            metrics.Note(recognition);
            if (stabilizer.Next(recognition) is { } transcript) Publish(transcript);
            any = true;
            if (!all) break;
        }

        return any;
    }

    private void Publish(Transcript spoken)
    {
        var shown = filter.Apply(spoken);
        var emitted = clock.Now;
        metrics.Note(shown, emitted);
        hub.Publish(new TranscriptEvent(emitted, shown));
        foreach (var change in formatter.Accept(shown, emitted)) hub.Publish(change);
    }

    private void Tick()
    {
        var now = clock.Now;
        foreach (var change in formatter.Tick(now)) hub.Publish(change);
        if (auto is not null && now >= _nextWatch)
        {
            _nextWatch = now.Plus(WatchEvery);
            auto.Watch(now, recognizer.Load);
        }

        if (now >= _nextTrim)
        {
            _nextTrim = now.Plus(TrimEvery);
            NativeHeap.Trim();
        }

        if (now < _nextMetrics) return;
        _nextMetrics = now.Plus(MetricsEvery);
        PublishMetrics();
    }

    private void PublishMetrics()
    {
        foreach (var lane in lanes.All) hub.Report(TapReport.Of(lane.Status));
        hub.Publish(new MetricsEvent(clock.Now, metrics.Measure(recognizer.Load, lanes.All.Select(lane => lane.Status))));
    }

    private void SetPaused(bool paused)
    {
        _paused = paused;
        foreach (var lane in lanes.All) lane.SetPaused(paused);
    }

    private void ClearScreens()
    {
        foreach (var lane in lanes.All) lane.Forget();
        formatter.Clear(clock.Now);
        hub.Publish(new ClearEvent(clock.Now));
    }
}
