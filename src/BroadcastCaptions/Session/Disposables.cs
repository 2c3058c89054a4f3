namespace BroadcastCaptions.Session;

/// <summary>What was made so far: disposed where the rest cannot be made.</summary>
internal sealed class Disposables : IDisposable
{
    private readonly Stack<IDisposable> _made = new();

    /// <summary>Takes one more in.</summary>
    public T Add<T>(T made)
        where T : IDisposable
    {
        _made.Push(made);
        return made;
    }

    /// <summary>Takes in what is still being made.</summary>
    public Task<T> Add<T>(Task<T> making)
        where T : IDisposable
    {
        _made.Push(new Making<T>(making));
        return making;
    }

    /// <summary>All is made, and belongs to somebody else from now on.</summary>
    public void Keep() => _made.Clear();

    public void Dispose()
    {
        while (_made.TryPop(out var made)) made.Dispose();
    }

    private sealed class Making<T>(Task<T> making) : IDisposable
        where T : IDisposable
    {
        public void Dispose()
        {
            ((IAsyncResult)making).AsyncWaitHandle.WaitOne();
            if (making.IsCompletedSuccessfully) making.Result.Dispose();
        }
    }
}
