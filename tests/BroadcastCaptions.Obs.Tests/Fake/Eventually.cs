using System.Collections.Concurrent;

namespace BroadcastCaptions.Obs.Tests.Fake;

/// <summary>Waits for what must come; gives up after half a minute, with what was expected.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        for (var i = 0; i < 3000; i++)
        {
            if (condition()) return;
            await Task.Delay(10);
        }

        Assert.Fail($"Never came: {what}");
    }
}

/// <summary>Collects what is reported from any thread.</summary>
internal sealed class Collected<T>
{
    private readonly ConcurrentQueue<T> _items = new();

    public IReadOnlyList<T> All => [.. _items];

    public T? Last => _items.LastOrDefault();

    public void Add(T item) => _items.Enqueue(item);
}
