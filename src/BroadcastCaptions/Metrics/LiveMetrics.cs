using BroadcastCaptions.Pipeline;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Metrics;

/// <summary>
/// Everything that a session measures of itself. The loop's thread feeds it; once a second it becomes a <c>metrics</c> event, the line in the
/// terminal, and the instruments of System.Diagnostics.Metrics: one truth in three places.
/// </summary>
internal sealed class LiveMetrics : IDisposable
{
    private readonly Counters _counters;
    private readonly SessionMeter _meter = new();
    private readonly LatencyGauge _latency;
    private readonly CadenceGauge _cadence;
    private readonly ErasureGauge _erasure = new();
    private readonly ProcessGauge _process;
    private volatile LiveFigures _latest = new();

    /// <param name="counters">The session's counters.</param>
    /// <param name="time">By whose clock the processor's use is measured.</param>
    public LiveMetrics(Counters counters, TimeProvider time)
    {
        _counters = counters;
        _latency = new(_meter);
        _cadence = new(_meter);
        _process = new(time);
    }

    /// <summary>As of the last second. Any thread.</summary>
    public LiveFigures Latest => _latest;

    /// <summary>Takes an answer of the recogniser in.</summary>
    public void Note(Recognition recognition) => _cadence.Note(recognition);

    /// <summary>Takes a transcript in that has just left.</summary>
    public void Note(Transcript transcript, MediaTime emitted)
    {
        _latency.Note(transcript, emitted);
        _erasure.Note(transcript);
    }

    /// <summary>Counts and figures by name, for the event.</summary>
    public Dictionary<string, double> Measure(RecognizerLoad load, IEnumerable<LaneStatus> lanes)
    {
        var counts = _counters.Snapshot().ToDictionary();
        foreach (var lane in lanes)
        {
            counts[$"tap.{lane.Source.Id}.dropped_samples"] = lane.Tap.DroppedSamples;
            counts[$"tap.{lane.Source.Id}.filled_samples"] = lane.Tap.FilledSamples;
        }

        _latest = Figures(load);
        _meter.Update(counts, _latest);
        foreach (var (name, value) in _latest.Named()) counts[name] = value;
        return counts;
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private LiveFigures Figures(RecognizerLoad load)
    {
        var (cores, recognising) = _process.Next(load.Computed);
        return new()
        {
            Emission = _latency.Emission.Median,
            EmissionTail = _latency.Emission.Tail,
            Stable = _latency.Stable.Median,
            StableTail = _latency.Stable.Tail,
            Final = _latency.Finals.Median,
            FinalTail = _latency.Finals.Tail,
            Erasure = _erasure.Normalised,
            PartialInterval = _cadence.Median,
            PartialCost = load.PartialCost,
            QueueSegments = load.Waiting,
            QueueSeconds = load.WaitingSeconds,
            CpuCores = cores,
            Recognising = recognising,
            Resident = Environment.WorkingSet,
        };
    }
}
