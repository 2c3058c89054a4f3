namespace BroadcastCaptions.Session;

/// <summary>What was made so far: disposed where the rest cannot be made.</summary>
internal sealed class Disposables : IAsyncDisposable
{
    private readonly Stack<Func<ValueTask>> _made = new();

    /// <summary>Takes one more in.</summary>
    public T Add<T>(T made)
        where T : IDisposable
    {
        _made.Push(() =>
        {
            made.Dispose();
            return ValueTask.CompletedTask;
        });
        return made;
    }

    /// <summary>Takes in what is still being made.</summary>
    public Task<T> Add<T>(Task<T> making)
        where T : IDisposable
    {
        _made.Push(async () =>
        {
            await ((Task)making).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (making.IsCompletedSuccessfully) (await making).Dispose();
        });
        return making;
    }

    /// <summary>All is made, and belongs to somebody else from now on.</summary>
    public void Keep() => _made.Clear();

    public async ValueTask DisposeAsync()
    {
        while (_made.TryPop(out var dispose)) await dispose();
    }
}
