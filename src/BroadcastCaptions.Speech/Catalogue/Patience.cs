namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>Gives up on a network operation that stands still, and tells that apart from the user's own cancellation.</summary>
internal sealed class Patience : IDisposable
{
    private readonly TimeSpan _stall;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;

    public Patience(TimeSpan stall, TimeProvider time, CancellationToken cancellation)
    {
        _stall = stall;
        _cancellation = cancellation;
        _timer = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, cancellation);
    }

    /// <exception cref="SourceException">It stood still too long, or the connection failed.</exception>
    public async Task<T> WatchAsync<T>(Func<CancellationToken, Task<T>> operation)
    {
        _timer.CancelAfter(_stall);
        try
        {
            return await operation(_either.Token);
        }
        catch (OperationCanceledException e) when (!_cancellation.IsCancellationRequested)
        {
            throw new SourceException("does not answer in time", e) { MayResume = true };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new SourceException("breaks off in the middle", e) { MayResume = true };
        }
    }

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
