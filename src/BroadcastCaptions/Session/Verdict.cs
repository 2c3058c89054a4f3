using System.Collections.Concurrent;
using BroadcastCaptions.Events;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Output;

namespace BroadcastCaptions.Session;

/// <summary>Remembers what failed during a show that went on, for the exit code at its end.</summary>
internal sealed class Verdict
{
    private readonly ConcurrentDictionary<string, string> _failures = new();

    /// <summary>What failed, one sentence each.</summary>
    public IEnumerable<string> Failures => _failures.Values;

    /// <summary>Notes a state: what failed stays failed, and a sidecar or the events' output that lost a span is not whole again by resuming.</summary>
    public void Note(ComponentState state)
    {
        var lost = state.Health == Health.Degraded && (state.Component == NdjsonSink.Component || state.Component.StartsWith("sidecar", StringComparison.Ordinal));
        if (state.Health == Health.Failed || lost) _failures.TryAdd(state.Component, state.Detail);
    }

    /// <summary>The exit code: a failure wins over Ctrl-C.</summary>
    public ExitCode Code(bool interrupted) =>
        !_failures.IsEmpty ? ExitCode.Failed : interrupted ? ExitCode.Interrupted : ExitCode.Done;
}
