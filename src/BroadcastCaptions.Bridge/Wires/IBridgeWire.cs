namespace BroadcastCaptions.Bridge.Wires;

/// <summary>One end of a connection between two programs of one user on one machine: bytes, in order. One reader, one writer.</summary>
public interface IBridgeWire : IDisposable
{
    /// <summary>Waits for bytes.</summary>
    /// <returns>How many came; 0: the other side has gone.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">We closed it.</exception>
    ValueTask<int> ReceiveAsync(Memory<byte> into, CancellationToken cancel);

    /// <summary>Takes what has come; never waits. Whoever asks so does not wait by <see cref="ReceiveAsync"/>.</summary>
    /// <returns>False: the other side has gone.</returns>
    bool TryReceive(Span<byte> into, out int count);

    /// <summary>Sends what fits without waiting.</summary>
    /// <returns>False: the other side has gone.</returns>
    bool TrySend(ReadOnlySpan<byte> bytes, out int sent);
}
