using System.IO.Pipes;
using System.Runtime.Versioning;

namespace BroadcastCaptions.Bridge.Wires;

/// <summary>The captioner's named pipe, which Windows lets nobody else open or pose as: one instance always waits, so the name stays ours.</summary>
[SupportedOSPlatform("windows")]
public sealed class NamedPipeListener : IBridgeListener
{
    private readonly string _name;
    private NamedPipeServerStream _waiting;

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
        var pipe = _waiting;
        try
        {
            await pipe.WaitForConnectionAsync(cancel);
            _waiting = Open();
            return new NamedPipeWire(pipe);
        }
        catch (IOException) when (!pipe.IsConnected)
        {
            _waiting = Open(); // it came and went before we looked
            await pipe.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _waiting.Dispose();

    private NamedPipeServerStream Open(PipeOptions first = PipeOptions.None) => new(
        _name,
        PipeDirection.InOut,
        NamedPipeServerStream.MaxAllowedServerInstances,
        PipeTransmissionMode.Byte,
        PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly | first,
        NamedPipeWire.Buffer,
        NamedPipeWire.Buffer);
}
