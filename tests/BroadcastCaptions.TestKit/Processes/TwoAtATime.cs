using System.Collections.Concurrent;

namespace BroadcastCaptions.TestKit.Processes;

/// <summary>Long work on many files by two workers with a tool of their own each: two models of one thread hear more in a minute than one of two.</summary>
public static class TwoAtATime
{
    /// <summary>Does the work on every item; results in the items' order.</summary>
    /// <param name="items">What to work on.</param>
    /// <param name="make">Makes a worker's tool; the first is made before the second, for it may leave files that the second one finds.</param>
    /// <param name="work">The work.</param>
    public static async Task<IReadOnlyList<TResult>> RunAsync<TItem, TTool, TResult>(IEnumerable<TItem> items, Func<TTool> make, Func<TTool, TItem, Task<TResult>> work)
        where TTool : IDisposable
    {
        var todo = new ConcurrentQueue<(TItem Item, int Index)>(items.Select((item, index) => (item, index)));
        var results = new TResult[todo.Count];
        async Task WorkAsync(TTool tool)
        {
            using (tool)
                while (todo.TryDequeue(out var next)) results[next.Index] = await work(tool, next.Item);
        }

        await Task.WhenAll(((TTool[])[make(), make()]).Select(tool => Task.Run(() => WorkAsync(tool))));
        return results;
    }
}
