using System.IO.Pipes;
using System.Runtime.Versioning;

namespace BroadcastCaptions.Bridge.Wires;

/// <summary>The captioner's named pipe, which Windows lets nobody else open or pose as: one instance always waits, so the name stays ours.</summary>
[SupportedOSPlatform("windows")]
public sealed class NamedPipeListener : IBridgeListener
{
    private readonly string _name;
    private NamedPipeServerStream? _waiting;

    /// <summary>Listens.</summary>
    /// <param name="name">Of the pipe.</param>
    /// <exception cref="BridgeTakenException">Another captioner does.</exception>
    /// <exception cref="IOException">Windows refuses the pipe.</exception>
    public NamedPipeListener(string name)
    {
        _name = name;
        if (NamedPipeWire.IsThere(name)) throw new BridgeTakenException(); // Wine 8 does not know of first instances
        try
        {
            _waiting = Open(PipeOptions.FirstPipeInstance);
        }
        catch (UnauthorizedAccessException)
        {
            throw new BridgeTakenException();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IBridgeWire?> AcceptAsync(CancellationToken cancel)
    {
        var pipe = _waiting ??= Open();
        try
        {
            await pipe.WaitForConnectionAsync(cancel);
        }
        catch (IOException)
        {
            _waiting = null; // it came and went before we looked
            await pipe.DisposeAsync();
            throw;
        }

        _waiting = TryOpen();
        return new NamedPipeWire(pipe);
    }

    /// <inheritdoc/>
    public void Dispose() => _waiting?.Dispose();

    // Should Windows refuse another one now, the next call says so.
    private NamedPipeServerStream? TryOpen()
    {
        try
        {
            return Open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private NamedPipeServerStream Open(PipeOptions first = PipeOptions.None) => new(
        _name,
        PipeDirection.InOut,
        NamedPipeServerStream.MaxAllowedServerInstances,
        PipeTransmissionMode.Byte,
        PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly | first,
        NamedPipeWire.Buffer,
        NamedPipeWire.Buffer);
}
