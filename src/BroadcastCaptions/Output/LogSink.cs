using BroadcastCaptions.Captions;
using BroadcastCaptions.Events;
using BroadcastCaptions.Options;
using BroadcastCaptions.Platform;
using Serilog;
using Serilog.Core;

namespace BroadcastCaptions.Output;

/// <summary>The rolling log: what changed its state and, once a minute, the counters. What was said only where the user asked for it.</summary>
internal sealed class LogSink : ICaptionSink
{
    private const int FilesKept = 7;
    private const long BytesPerFile = 5_000_000;
    private const double MetricsEvery = 60;

    private readonly Logger _log;
    private readonly bool _transcript;
    private double _nextMetrics;

    public LogSink(LogOptions options)
    {
        _transcript = options.Transcript;
        _log = new LoggerConfiguration()
            .WriteTo.File(
                Path.Combine(options.Folder ?? Path.Combine(AppFolders.State, "logs"), "captions-.log"),
                rollingInterval: RollingInterval.Day, retainedFileCountLimit: FilesKept, fileSizeLimitBytes: BytesPerFile, rollOnFileSizeLimit: true, shared: true)
            .CreateLogger();
        _log.Information("Session starts, version {Version}", typeof(LogSink).Assembly.GetName().Version);
    }

    public string Name => "log";

    public Overflow Overflow => Overflow.LatestWins;

    public ValueTask HandleAsync(CaptionEvent captionEvent, CancellationToken cancellation)
    {
        switch (captionEvent)
        {
            case StateEvent { State: var state }:
                _log.Write(Level(state.Health), "{Component}: {Detail} {Remedy}", state.Component, state.Detail, state.Remedy);
                break;
            case TranscriptEvent { Transcript: { IsFinal: true } final } when _transcript:
                _log.Information("{Source} {Start}: {Text}", final.Source, final.Start, final.AsRecognized().Text);
                break;
            case MetricsEvent metrics when metrics.Emitted.Seconds >= _nextMetrics:
                _nextMetrics = metrics.Emitted.Seconds + MetricsEvery;
                _log.Information("Metrics {@Values}", metrics.Values);
                break;
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _log.Information("Session ends");
        await _log.DisposeAsync();
    }

    private static Serilog.Events.LogEventLevel Level(Health health) => health switch
    {
        Health.Failed => Serilog.Events.LogEventLevel.Error,
        Health.Degraded => Serilog.Events.LogEventLevel.Warning,
        _ => Serilog.Events.LogEventLevel.Information,
    };
}
