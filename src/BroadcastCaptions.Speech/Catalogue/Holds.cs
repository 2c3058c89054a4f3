namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>Semaphores that are held, and let go together.</summary>
internal sealed class Holds(params IEnumerable<SemaphoreSlim> held) : IDisposable
{
    private readonly List<SemaphoreSlim> _held = [.. held];

    /// <summary>Takes one more, if nobody holds it.</summary>
    public bool TryAdd(SemaphoreSlim semaphore)
    {
        if (!semaphore.Wait(TimeSpan.Zero)) return false;
        _held.Add(semaphore);
        return true;
    }

    public void Dispose()
    {
        foreach (var semaphore in _held) semaphore.Release();
    }
}
