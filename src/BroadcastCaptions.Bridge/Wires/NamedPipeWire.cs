using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Principal;

namespace BroadcastCaptions.Bridge.Wires;

/// <summary>A connection over a named pipe of Windows. Its calls wait, so one of each kind is on its way while we do not.</summary>
public sealed partial class NamedPipeWire : IBridgeWire
{
    /// <summary>Of each direction, bytes: 170 ms of stereo at 48 kHz.</summary>
    internal const int Buffer = 65_536;

    private const uint ShortestWait = 1; // ms

    private readonly PipeStream _pipe;
    private readonly byte[] _received = new byte[Buffer], _leaving = new byte[Buffer];
    private int _start, _end;
    private volatile bool _receiving, _sending, _gone;

    internal NamedPipeWire(PipeStream pipe) => _pipe = pipe;

    /// <summary>A connection with a captioner of our own user; null where there is none.</summary>
    /// <param name="name">The captioner's pipe.</param>
    /// <remarks>Of our user, and with our rights: OBS "as administrator" does not meet a captioner that is not.</remarks>
    [SupportedOSPlatform("windows")]
    public static NamedPipeWire? TryConnect(string name)
    {
        if (!IsThere(name)) return null; // asked every 250 ms: no exception for "no"
        var pipe = new NamedPipeClientStream(".", name, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly, TokenImpersonationLevel.Anonymous);
        try
        {
            pipe.Connect(0);
            return new NamedPipeWire(pipe);
        }
        catch (Exception e) when (e is TimeoutException or IOException or UnauthorizedAccessException)
        {
            pipe.Dispose();
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReceiveAsync(Memory<byte> into, CancellationToken cancel)
    {
        try
        {
            return await _pipe.ReadAsync(into, cancel);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <inheritdoc/>
    public bool TryReceive(Span<byte> into, out int count)
    {
        count = 0;
        if (_receiving) return true;
        count = Math.Min(into.Length, _end - _start);
        _received.AsSpan(_start, count).CopyTo(into);
        _start += count;
        if (_start < _end) return true;
        if (_gone) return count > 0;
        _receiving = true;
        _ = ReceiveOnceAsync();
        return true;
    }

    /// <inheritdoc/>
    public bool TrySend(ReadOnlySpan<byte> bytes, out int sent)
    {
        sent = 0;
        if (_gone) return false;
        if (_sending) return true;
        sent = Math.Min(bytes.Length, _leaving.Length);
        bytes[..sent].CopyTo(_leaving);
        _sending = true;
        _ = SendOnceAsync(sent);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _pipe.Dispose();

    [SupportedOSPlatform("windows")]
    internal static bool IsThere(string name) => Kernel.WaitNamedPipe($@"\\.\pipe\{name}", ShortestWait);

    private async Task ReceiveOnceAsync()
    {
        try
        {
            (_start, _end) = (0, await _pipe.ReadAsync(_received));
            if (_end == 0) _gone = true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            _gone = true;
        }

        _receiving = false;
    }

    private async Task SendOnceAsync(int count)
    {
        try
        {
            await _pipe.WriteAsync(_leaving.AsMemory(0, count));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            _gone = true;
        }

        _sending = false;
    }

    private static partial class Kernel
    {
        [LibraryImport("kernel32", EntryPoint = "WaitNamedPipeW", StringMarshalling = StringMarshalling.Utf16)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        internal static partial bool WaitNamedPipe(string name, uint milliseconds);
    }
}
