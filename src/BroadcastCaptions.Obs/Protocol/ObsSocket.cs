using System.Buffers;
using System.Net.WebSockets;

namespace BroadcastCaptions.Obs.Protocol;

/// <summary>Whole messages over a ClientWebSocket: one reader, any number of writers.</summary>
internal sealed class ObsSocket : IDisposable
{
    /// <summary>More than any answer of OBS; a full-size screenshot is a few megabytes.</summary>
    private const int LargestMessage = 64 << 20;

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ArrayBufferWriter<byte> _received = new(4096);

    public ObsSocket()
    {
        _socket.Options.AddSubProtocol("obswebsocket.json");
        _socket.Options.Proxy = null; // OBS is on this machine or beside it: an HTTP_PROXY in the environment is not meant
        _socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(5);
        _socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(5); // a dead peer must be seen: bound taps fail closed
    }

    /// <summary>The code with which the other side closed; null while open or after a broken connection.</summary>
    public int? CloseCode => (int?)_socket.CloseStatus;

    /// <summary>The other side's words at closing.</summary>
    public string CloseReason => _socket.CloseStatusDescription ?? "";

    public Task ConnectAsync(Uri address, CancellationToken cancellation) => _socket.ConnectAsync(address, cancellation);

    public async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, cancellation);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next whole message, valid until the next call; null when the other side closed.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellation)
    {
        _received.ResetWrittenCount();
        while (true)
        {
            var part = await _socket.ReceiveAsync(_received.GetMemory(4096), cancellation);
            if (part.MessageType is WebSocketMessageType.Close) return null;
            _received.Advance(part.Count);
            if (part.EndOfMessage) return _received.WrittenMemory;
            if (_received.WrittenCount > LargestMessage) throw new WebSocketException(WebSocketError.HeaderError);
        }
    }

    /// <summary>Says goodbye; whoever reads sees the other side's answer.</summary>
    public async Task CloseAsync(CancellationToken cancellation)
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
    }

    public void Abort() => _socket.Abort();

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }
}
