using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace BroadcastCaptions.Obs.Protocol;

/// <summary>Requests that wait for their answers, by id.</summary>
internal sealed class PendingRequests
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _waiting = new();
    private long _last;
    private ObsConnectionException? _ended;

    /// <summary>A new id and the task of its answer.</summary>
    public (string Id, Task<JsonElement> Answer) Add()
    {
        var id = Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
        var waiting = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = waiting;
        if (Volatile.Read(ref _ended) is { } ended) waiting.TrySetException(ended);
        return (id, waiting.Task);
    }

    /// <summary>Nobody waits for it any more.</summary>
    public void Remove(string id) => _waiting.TryRemove(id, out _);

    /// <summary>The answer arrived; one that nobody waits for is dropped.</summary>
    public void Complete(JsonElement answer)
    {
        if (_waiting.TryRemove(answer.Text("requestId"), out var waiting)) waiting.TrySetResult(answer);
    }

    /// <summary>No answer will come any more.</summary>
    public void End(ObsConnectionException reason)
    {
        Volatile.Write(ref _ended, reason);
        foreach (var id in _waiting.Keys)
            if (_waiting.TryRemove(id, out var waiting)) waiting.TrySetException(reason);
    }
}
