namespace BroadcastCaptions.Metrics;

/// <summary>How well a session does right now; null where nothing has been measured yet. Seconds, but for what says otherwise.</summary>
internal sealed record LiveFigures
{
    /// <summary>Word end → first shown, median.</summary>
    public double? Emission { get; init; }

    /// <summary>Word end → first shown, 95th percentile.</summary>
    public double? EmissionTail { get; init; }

    /// <summary>Word end → stable, median.</summary>
    public double? Stable { get; init; }

    /// <summary>Word end → stable, 95th percentile.</summary>
    public double? StableTail { get; init; }

    /// <summary>Segment end → final, median.</summary>
    public double? Final { get; init; }

    /// <summary>Segment end → final, 95th percentile.</summary>
    public double? FinalTail { get; init; }

    /// <summary>Words taken back for each final word.</summary>
    public double? Erasure { get; init; }

    /// <summary>Between two answers for a growing segment, median.</summary>
    public double? PartialInterval { get; init; }

    /// <summary>What a partial takes by the clock, smoothed.</summary>
    public double PartialCost { get; init; }

    /// <summary>Closed segments that wait to be recognised.</summary>
    public int QueueSegments { get; init; }

    /// <summary>Audio that is due and waits.</summary>
    public double QueueSeconds { get; init; }

    /// <summary>Cores that the process uses.</summary>
    public double CpuCores { get; init; }

    /// <summary>Share of the time in which the recogniser is at work, 0 … 1.</summary>
    public double Recognising { get; init; }

    /// <summary>Bytes of memory that are resident.</summary>
    public long Resident { get; init; }

    /// <summary>By the names of docs/events.md; what was not measured is left out.</summary>
    public IEnumerable<KeyValuePair<string, double>> Named()
    {
        (string Name, double? Value)[] all =
        [
            ("latency.word_seconds", Emission), ("latency.word_p95_seconds", EmissionTail),
            ("latency.stable_seconds", Stable), ("latency.stable_p95_seconds", StableTail),
            ("latency.final_seconds", Final), ("latency.final_p95_seconds", FinalTail),
            ("text.normalised_erasure", Erasure),
            ("partial.interval_seconds", PartialInterval), ("partial.cost_seconds", PartialCost),
            ("queue.segments", QueueSegments), ("queue.seconds", QueueSeconds),
            ("cpu.cores", CpuCores), ("cpu.recognising", Recognising), ("memory.resident_bytes", Resident),
        ];
        foreach (var (name, value) in all)
            if (value is { } known) yield return new(name, known);
    }
}
