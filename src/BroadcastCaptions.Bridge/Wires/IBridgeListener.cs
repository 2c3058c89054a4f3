namespace BroadcastCaptions.Bridge.Wires;

/// <summary>Where plug-ins come to. Disposing it leaves nothing behind.</summary>
public interface IBridgeListener : IDisposable
{
    /// <summary>Waits for the next one.</summary>
    /// <returns>Its wire; null: somebody came who is not our user, and was sent away.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="IOException">The system does not take connections at the moment.</exception>
    /// <exception cref="UnauthorizedAccessException">Somebody else has taken the place.</exception>
    ValueTask<IBridgeWire?> AcceptAsync(CancellationToken cancel);
}
