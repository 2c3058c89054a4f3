using System.Collections.Concurrent;

namespace BroadcastCaptions.Metrics;

/// <summary>
/// Named counters of one session: every drop is counted and shown. Take a <see cref="Counter"/> once, at construction;
/// counting is lock-free and allocates nothing.
/// </summary>
public sealed class Counters
{
    private readonly ConcurrentDictionary<string, Counter> _counters = new();

    /// <summary>The counter of that name, made at the first call. Names are lower case with dots: "screen.dropped".</summary>
    public Counter Get(string name) => _counters.GetOrAdd(name, static _ => new Counter());

    /// <summary>Every counter's value, by name.</summary>
    public IReadOnlyDictionary<string, double> Snapshot() =>
        _counters.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => (double)pair.Value.Value);
}

/// <summary>A count that only grows. Thread-safe.</summary>
public sealed class Counter
{
    private long _value;

    /// <summary>The count.</summary>
    public long Value => Interlocked.Read(ref _value);

    /// <summary>Counts.</summary>
    public void Add(long amount = 1) => Interlocked.Add(ref _value, amount);
}
