using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using BroadcastCaptions.Bridge;
using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.Bridge.Places;

namespace BroadcastCaptions.Audio.Tests.PlugIns;

/// <summary>A plug-in as far as its wire goes.</summary>
internal sealed class FakePlugIn : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly byte[] _buffer = new byte[1 << 16];

    public FakePlugIn(string folder, string name)
    {
        _socket.Connect(new UnixDomainSocketEndPoint(BridgePlace.SocketIn(folder)));
        Send(new Hello(BridgeRole.PlugIn, "test"u8, "Host 1"u8).TryWrite(_buffer, out var length), length);
        Name(name, name.ToUpperInvariant());
    }

    public void Name(string name, string label, string language = "")
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        Send(new SourceIdentity(SourceKind.Filter, bytes, bytes, Encoding.UTF8.GetBytes(label), "#FF8000"u8, Encoding.UTF8.GetBytes(language)).TryWrite(_buffer, out var length), length);
    }

    public void OnAir(bool onAir, long frame, long time) =>
        Send(new OnAirState(onAir, onAir ? OffAirReason.None : OffAirReason.Muted, frame, time).TryWrite(_buffer, out var length), length);

    /// <summary>A block of 480 frames at 48 kHz, mono, all of one value.</summary>
    public void Play(long frame, long time, float value)
    {
        var good = AudioBlock.TryBegin(new AudioHeader(frame, time, 48_000, 1, 480), _buffer, out var samples, out var length);
        MemoryMarshal.Cast<byte, float>(samples).Fill(value);
        Send(good, length);
    }

    /// <summary>Reads until the captioner closes; what it said last.</summary>
    public GoodbyeReason? ReadGoodbye()
    {
        GoodbyeReason? reason = null;
        var filled = 0;
        var received = new byte[1 << 16];
        for (int count; (count = _socket.Receive(received.AsSpan(filled))) > 0;)
        {
            filled += count;
            while (BridgeFrame.Read(received.AsSpan(0, filled), out var type, out var payload, out var length) == FrameStatus.Complete)
            {
                if (type == MessageType.Goodbye && Goodbye.TryParse(payload, out var goodbye)) reason = goodbye.Reason;
                received.AsSpan(length, filled - length).CopyTo(received);
                filled -= length;
            }
        }

        return reason;
    }

    public void Dispose() => _socket.Dispose();

    private void Send(bool good, int length)
    {
        Assert.True(good);
        _socket.Send(_buffer.AsSpan(0, length));
    }
}
