using System.Collections.Concurrent;
using BroadcastCaptions.Captions;
using BroadcastCaptions.Captions.Filters;
using BroadcastCaptions.Captions.RollUp;
using BroadcastCaptions.Captions.Sidecars;
using BroadcastCaptions.Control;
using BroadcastCaptions.Events;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Output;
using BroadcastCaptions.Pipeline;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.Terminal;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Session;

/// <summary>
/// One show from start to end: everything that can be wrong with what the user asked for is said before the first word;
/// after that the show goes on, and the verdict remembers.
/// </summary>
internal sealed class LiveSession : IAsyncDisposable
{
    private readonly SessionRequest _request;
    private readonly Counters _counters = new();
    private readonly Verdict _verdict = new();
    private readonly LiveMetrics _metrics;
    private readonly AudioDrivenTime? _audioTime;
    private readonly MediaClock _clock;
    private readonly EventHub _hub;
    private readonly ConcurrentQueue<ControlMessage> _control = new();
    private LivePipeline? _pipeline;
    private Engine? _engine;
    private LaneSet? _lanes;

    private LiveSession(SessionRequest request)
    {
        _request = request;
        _audioTime = request.Fast ? new AudioDrivenTime() : null;
        _clock = new MediaClock(_audioTime ?? TimeProvider.System);
        _metrics = new LiveMetrics(_counters, _clock.Provider);
        _hub = new EventHub(_clock, _counters, _verdict.Note);
    }

    /// <summary>Runs a session to its end.</summary>
    /// <exception cref="CaptionsException">What was asked for cannot be begun.</exception>
    public static async Task<ExitCode> RunAsync(SessionRequest request, CancellationToken cancellation)
    {
        NativeHeap.KeepLittle();
        using var signal = new StopSignal(cancellation);
        if (request.UntilInputEnds) signal.StopAtEndOfInput();
        await using var session = new LiveSession(request);
        return await session.RunAsync(signal);
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _metrics.Dispose();
    }

    private async Task<ExitCode> RunAsync(StopSignal signal)
    {
        var options = _request.Options;
        await using var taps = await TapSet.CreateAsync(_request, signal.Token);
        if (_request.Json) _hub.Add(new NdjsonSink(Console.Out, _hub.Report));
        _hub.Add(new LogSink(options.Log));
        foreach (var sidecar in new SidecarFiles(_clock, taps.Sources, _counters, _hub.Report).Open(options.Sidecars)) _hub.Add(sidecar);

        await using var obs = _request.Fast ? null : ObsLink.Start(options, taps, _clock, _counters, _hub, _control.Enqueue);
        await using var engine = _engine = await Engine.LoadAsync(
            options.Model, signal.Token, live: !_request.Fast, partials: options.Display.Policy != DisplayPolicy.FinalOnly,
            arrange: model => _request.Fast ? model : YieldingModel.Of(model, _counters));
        using var recognizer = engine.CreateRecognizer(options, _counters, _clock.Provider, ReportModel);
        await taps.StartAsync(_clock, signal.Token);
        _lanes = new LaneSet(recognizer) { IsOpen = taps.ListensToPlugIn };
        foreach (var frames in taps.Frames) _lanes.Add(frames);
        await using var plugIns = taps.ListensToPlugIn ? PlugInLink.Start(_clock, _lanes, _control.Enqueue, _hub) : null;
        _pipeline = new LivePipeline(
            _control, _clock, _audioTime, _lanes, recognizer, new Stabilizer(options.Display), new EchoFilter(TextFilters.From(options.BlockList, _counters), _counters),
            new RollUpFormatter(options.Display, taps.Sources), _hub, _metrics, _request.Fast ? null : engine.Auto);
        _hub.Add(CreateView(options.Display.Lines));
        _hub.Report(engine.Device.State);
        if (!_request.Fast) engine.Auto?.Start(_hub.Report);
        if (obs is not null) await obs.SettleAsync();

        using (signal.Token.Register(() => _control.Enqueue(new Stop())))
        using (new KeyReader(_control.Enqueue, () => obs?.Retry()))
        {
            try
            {
                await RunLoopAsync(_pipeline);
            }
            catch
            {
                _hub.Publish(new ClearEvent(_hub.Now)); // whatever ended the show, its last words do not stay on screen
                await _hub.DisposeAsync();
                throw;
            }
        }

        await _hub.DisposeAsync();
        foreach (var failure in _verdict.Failures) Console.Error.WriteLine(failure);
        return _verdict.Code(signal.Interrupted);
    }

    private void ReportModel(Exception? failure) => _hub.Report(failure is null
        ? new("recognition", Health.Ok, "Words are recognised again.")
        : new("recognition", Health.Degraded, $"Words are missing: {_engine?.Names} cannot recognise at the moment ({failure.Message.Trim()}).", "If it lasts, close what takes the memory, and run 'captions models verify'."));

    // The program that started us, as OBS does, may log what stands on standard error: what was said does not belong there.
    private ICaptionSink CreateView(int lines) => Screen.IsInteractive
        ? new TerminalView(Screen.Console, Status, lines)
        : new PlainView(Console.Error, showWords: !_request.Json && !_request.UntilInputEnds);

    private SessionStatus Status() => new(
        _request.Title, _engine?.Names ?? "", [.. (_lanes?.All ?? []).Select(lane => lane.Status)], _pipeline?.IsPaused ?? false, _metrics.Latest,
        Sum(name => name.EndsWith(".dropped", StringComparison.Ordinal)),
        Sum(name => name is "speech.words_on_silence" or "speech.hallucinations" or "speech.loops" or "speech.empty_avoided"));

    private long Sum(Func<string, bool> counts) => (long)_counters.Snapshot().Where(pair => counts(pair.Key)).Sum(pair => pair.Value);

    /// <summary>The loop has a thread of its own: recognition must not wait for the thread pool.</summary>
    private static Task RunLoopAsync(LivePipeline pipeline)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                pipeline.Run();
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        { Name = "captions-loop", IsBackground = true };
        thread.Start();
        return done.Task;
    }
}
