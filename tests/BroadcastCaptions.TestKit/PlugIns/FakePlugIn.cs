using System.Runtime.InteropServices;
using System.Text;
using BroadcastCaptions.Bridge;
using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.Bridge.Places;
using BroadcastCaptions.Bridge.Wires;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.TestKit.PlugIns;

/// <summary>A plug-in as far as its wire goes. One thread at a time.</summary>
public sealed class FakePlugIn : IDisposable
{
    private readonly IBridgeWire _wire;
    private readonly byte[] _sent = new byte[1 << 16];
    private readonly byte[] _received = new byte[1 << 16];
    private int _filled;

    private FakePlugIn(IBridgeWire wire) => _wire = wire;

    /// <summary>Takes what the captioner says.</summary>
    public delegate void Listener(MessageType type, ReadOnlySpan<byte> payload);

    /// <summary>Connects, as soon as a captioner listens, and says who it is.</summary>
    /// <param name="place">Where captioner and plug-in meet.</param>
    /// <param name="name">Of the source; in capitals, its label.</param>
    public static async Task<FakePlugIn> ConnectAsync(string place, string name)
    {
        IBridgeWire? wire = null;
        await Wait.UntilAsync(() => (wire = BridgePlace.TryConnect(place)) is not null, Wait.Generous, $"a captioner at {place}");
        var plugIn = new FakePlugIn(wire!);
        plugIn.Send(new Hello(BridgeRole.PlugIn, "test"u8, "Host 1"u8).TryWrite(plugIn._sent, out var length), length);
        plugIn.Name(name, name.ToUpperInvariant());
        return plugIn;
    }

    /// <summary>Says what the source is called from now on.</summary>
    public void Name(string name, string label, string language = "")
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        Send(new SourceIdentity(SourceKind.Filter, bytes, bytes, Encoding.UTF8.GetBytes(label), "#FF8000"u8, Encoding.UTF8.GetBytes(language)).TryWrite(_sent, out var length), length);
    }

    /// <summary>Says whether viewers hear it.</summary>
    public void OnAir(bool onAir, long frame, long time) =>
        Send(new OnAirState(onAir, onAir ? OffAirReason.None : OffAirReason.Muted, frame, time).TryWrite(_sent, out var length), length);

    /// <summary>A block of 480 frames at 48 kHz, mono, all of one value.</summary>
    public void Play(long frame, long time, float value)
    {
        Span<float> samples = stackalloc float[480];
        samples.Fill(value);
        Play(frame, time, samples, 48_000);
    }

    /// <summary>A block of mono.</summary>
    public void Play(long frame, long time, ReadOnlySpan<float> samples, int rate)
    {
        var good = AudioBlock.TryBegin(new AudioHeader(frame, time, rate, 1, samples.Length), _sent, out var into, out var length);
        samples.CopyTo(MemoryMarshal.Cast<byte, float>(into));
        Send(good, length);
    }

    /// <summary>Hears what the captioner has said by now, and answers its pings.</summary>
    /// <returns>False: it has closed.</returns>
    public bool Listen(Listener take)
    {
        if (!_wire.TryReceive(_received.AsSpan(_filled), out var count)) return false;
        _filled += count;
        while (BridgeFrame.Read(_received.AsSpan(0, _filled), out var type, out var payload, out var length) == FrameStatus.Complete)
        {
            if (type == MessageType.Ping && Ping.TryParse(payload, out var ping))
                Send(new Pong(ping.Id, ping.Sent, BridgeClock.Now, BridgeClock.Now).TryWrite(_sent, out var pong), pong);
            take(type, payload);
            _received.AsSpan(length, _filled - length).CopyTo(_received);
            _filled -= length;
        }

        return true;
    }

    /// <summary>Hears until the captioner closes.</summary>
    /// <returns>Why it said that it does.</returns>
    public async Task<GoodbyeReason?> GoodbyeAsync()
    {
        GoodbyeReason? reason = null;
        await Wait.UntilAsync(() => !Listen(Take), Wait.Generous, "goodbye");
        return reason;

        void Take(MessageType type, ReadOnlySpan<byte> payload)
        {
            if (type == MessageType.Goodbye && Goodbye.TryParse(payload, out var goodbye)) reason = goodbye.Reason;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _wire.Dispose();

    private void Send(bool fits, int length)
    {
        if (!fits) throw new InvalidOperationException("Too long for a message.");
        for (var done = 0; done < length;)
        {
            if (!_wire.TrySend(_sent.AsSpan(done, length - done), out var sent)) return; // the captioner has closed: Listen tells
            done += sent;
            if (sent == 0) Thread.Sleep(1);
        }
    }
}
