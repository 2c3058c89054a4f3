using System.Threading.Channels;

namespace BroadcastCaptions.Obs.Text;

/// <summary>Wakes one waiter; any number of calls while it is awake wake it once more.</summary>
internal sealed class Wake
{
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Call() => _calls.Writer.TryWrite(true);

    public async ValueTask WaitAsync(CancellationToken cancellation) => await _calls.Reader.ReadAsync(cancellation);

    /// <summary>Waits for a call, but no longer than this.</summary>
    public async ValueTask WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            await WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // nobody called: as good as a call
        }
    }
}
