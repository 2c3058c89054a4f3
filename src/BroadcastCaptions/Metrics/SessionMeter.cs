using System.Diagnostics.Metrics;

namespace BroadcastCaptions.Metrics;

/// <summary>
/// A session's measures for whoever listens with System.Diagnostics.Metrics (dotnet-counters, an OpenTelemetry exporter), by
/// OpenTelemetry's conventions: seconds, dots, one instrument with an attribute where there are several taps or sinks. Processor and memory
/// are in .NET's own meter, System.Runtime. Costs nothing where nobody listens.
/// </summary>
internal sealed class SessionMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "BroadcastCaptions";

    private readonly Meter _meter = new(Name, typeof(SessionMeter).Assembly.GetName().Version?.ToString(3));
    private readonly HashSet<string> _known = [];
    private volatile IReadOnlyDictionary<string, double> _counts = new Dictionary<string, double>();
    private volatile LiveFigures _figures = new();

    public SessionMeter()
    {
        Emission = Seconds("captions.word.emission", "From a word's end to the moment that it is first shown.");
        Stable = Seconds("captions.word.stability", "From a word's end to the moment from which on it cannot change.");
        Finalisation = Seconds("captions.segment.finalisation", "From a segment's end to its final.");
        PartialInterval = Seconds("captions.partial.interval", "Audio between two answers for a growing segment.");
        Gauge("captions.partial.cost", "s", "What a partial takes by the clock, smoothed.", figures => figures.PartialCost);
        Gauge("captions.queue.duration", "s", "Audio that is due and waits to be recognised.", figures => figures.QueueSeconds);
        Gauge("captions.queue.length", "{segment}", "Closed segments that wait to be recognised.", figures => figures.QueueSegments);
        Gauge("captions.recognition.utilization", "1", "Share of the time in which the recogniser is at work.", figures => figures.Recognising);
        Gauge("captions.text.erasure", "1", "Words taken back for each final word.", figures => figures.Erasure);
    }

    /// <summary>Word end → first shown.</summary>
    public Histogram<double> Emission { get; }

    /// <summary>Word end → stable.</summary>
    public Histogram<double> Stable { get; }

    /// <summary>Segment end → final.</summary>
    public Histogram<double> Finalisation { get; }

    /// <summary>Audio between two answers.</summary>
    public Histogram<double> PartialInterval { get; }

    /// <summary>Is it an instrument of this session, not of another one in this process?</summary>
    public bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    /// <summary>Publishes the state of this second.</summary>
    public void Update(IReadOnlyDictionary<string, double> counts, LiveFigures figures)
    {
        (_counts, _figures) = (counts.ToDictionary(), figures);
        foreach (var instrument in counts.Keys.Select(name => CountName.Of(name).Instrument))
            if (_known.Add(instrument)) _meter.CreateObservableCounter(instrument, () => Counted(instrument));
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private Histogram<double> Seconds(string name, string description) => _meter.CreateHistogram<double>(
        name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2, 3, 5] });

    private void Gauge(string name, string unit, string description, Func<LiveFigures, double?> value) =>
        _meter.CreateObservableGauge(name, () => value(_figures) is { } known ? [new Measurement<double>(known)] : Array.Empty<Measurement<double>>(), unit, description);

    private IEnumerable<Measurement<long>> Counted(string instrument) =>
        from count in _counts
        let name = CountName.Of(count.Key)
        where name.Instrument == instrument
        select new Measurement<long>((long)count.Value, name.Attributes);
}
