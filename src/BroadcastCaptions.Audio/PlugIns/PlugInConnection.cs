using System.Buffers;
using System.Text;
using BroadcastCaptions.Bridge;
using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.Bridge.Wires;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.PlugIns;

/// <summary>The captioner's end of one connection, from its first byte to its last: docs/bridge.md as a loop.</summary>
internal sealed class PlugInConnection : IAsyncDisposable
{
    private static readonly byte[] Program = Encoding.UTF8.GetBytes($"BroadcastCaptions {typeof(PlugInConnection).Assembly.GetName().Version?.ToString(3)}");

    private readonly IBridgeWire _wire;
    private readonly PlugInServer _server;
    private readonly MediaClock _clock;
    private readonly Timeline _timeline;
    private readonly byte[] _received = new byte[BridgeProtocol.HeaderLength + BridgeProtocol.LongestPayload];
    private readonly byte[] _sent = new byte[4096];
    private readonly Lock _sending = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private string _host = "";
    private bool _welcome;
    private PlugInTap? _tap;
    private long _nextFrame;
    private long _lastHeard = BridgeClock.Now;

    public PlugInConnection(IBridgeWire wire, PlugInServer server, MediaClock clock)
    {
        (_wire, _server, _clock, _timeline) = (wire, server, clock, new Timeline(clock));
        _running = Task.Run(RunAsync);
    }

    /// <summary>Who is at the other end: "OBS Studio 29.0.2"; empty until it said so.</summary>
    public string Host => _host;

    /// <summary>Its source; null until it said which.</summary>
    public PlugInTap? Tap => _tap;

    /// <summary>Sends what viewers read. Any thread. A peer that does not read misses it.</summary>
    public void Send(CaptionTextKind kind, string source, string text)
    {
        lock (_sending)
            if (_welcome && new CaptionText(kind, Encoding.UTF8.GetBytes(source), Encoding.UTF8.GetBytes(text)).TryWrite(_sent, out var length)) Write(length);
    }

    /// <summary>Says goodbye, and ends the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        Leave(GoodbyeReason.Closing, "The captioner has ended.");
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var why = "The connection to OBS ended; captions go on when it is back.";
        try
        {
            Say(new Hello(BridgeRole.Captioner, Program));
            using var heartbeat = new Timer(_ => Beat(), null, BridgeProtocol.PingEvery, BridgeProtocol.PingEvery);
            await ReceiveAsync();
        }
        catch (BridgeException e)
        {
            Leave(e.Reason, e.Message);
            why = e.Message;
            _server.Refused(e.Message);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The plug-in has gone, or we go.
        }

        _tap?.End(why);
        _wire.Dispose();
        _server.Ended(this);
    }

    private async Task ReceiveAsync()
    {
        var filled = 0;
        while (true)
        {
            var count = await _wire.ReceiveAsync(_received.AsMemory(filled), _stop.Token);
            if (count == 0) return;
            Volatile.Write(ref _lastHeard, BridgeClock.Now);
            filled = Consume(filled + count);
        }
    }

    private int Consume(int filled)
    {
        var start = 0;
        while (true)
        {
            var status = BridgeFrame.Read(_received.AsSpan(start, filled - start), out var type, out var payload, out var length);
            if (status == FrameStatus.Malformed) throw BridgeException.Malformed();
            if (status == FrameStatus.Incomplete) break;
            if (!_welcome && type != MessageType.Hello) throw BridgeException.Malformed();
            if (!Take(type, payload)) throw BridgeException.Malformed();
            start += length;
        }

        _received.AsSpan(start, filled - start).CopyTo(_received);
        return filled - start;
    }

    private bool Take(MessageType type, ReadOnlySpan<byte> payload)
    {
        switch (type)
        {
            case MessageType.Hello: return Hello.TryParse(payload, out var hello) && TakeHello(hello);
            case MessageType.Source: return SourceIdentity.TryParse(payload, out var source) && TakeSource(source);
            case MessageType.Audio: return AudioBlock.TryParse(payload, out var block) && TakeAudio(block);
            case MessageType.OnAir:
                if (!OnAirState.TryParse(payload, out var state)) return false;
                _tap?.Put(_timeline.Place(state), state.OnAir, OffAirText.Of(state.Reason));
                return true;
            case MessageType.Ping:
                if (!Ping.TryParse(payload, out var ping)) return false;
                lock (_sending)
                    if (new Pong(ping.Id, ping.Sent, _lastHeard, BridgeClock.Now).TryWrite(_sent, out var length)) Write(length);
                return true;
            case MessageType.Pong:
                if (!Pong.TryParse(payload, out var pong)) return false;
                _timeline.Offset.Add(pong, _lastHeard);
                return true;
            case MessageType.Command:
                if (!Command.TryParse(payload, out var command)) return false;
                if (command.Kind == CommandKind.Clear) _server.Clear();
                return true;
            default: return true; // later minor versions add types
        }
    }

    private bool TakeHello(Hello hello)
    {
        if (!hello.IsSpoken)
            throw new BridgeException(GoodbyeReason.Version, $"The plug-in speaks version {hello.Major} of the bridge, the captioner {BridgeProtocol.Major}: install the plug-in anew.");
        if (_welcome || hello.Role != BridgeRole.PlugIn) return false;
        (_host, _welcome) = (Encoding.UTF8.GetString(hello.Host), true);
        return true;
    }

    private bool TakeSource(SourceIdentity identity)
    {
        var source = PlugInServer.Describe(identity);
        if (_tap is not null) _server.Rename(_tap, source);
        else _tap = _server.Admit(source, $"{Encoding.UTF8.GetString(identity.Name)} in {_host}.");
        lock (_sending)
            if (new CaptionerState(true, Encoding.UTF8.GetBytes($"The captioner captions it as {_tap.Source.Label}.")).TryWrite(_sent, out var length)) Write(length);
        return true;
    }

    private bool TakeAudio(AudioBlock block)
    {
        var header = block.Header;
        if (header.FirstFrame < _nextFrame) return false;
        _nextFrame = header.FirstFrame + header.Frames;
        if (_tap is null) return true;
        var at = _timeline.Place(header);
        var length = header.Frames * header.Channels;
        var samples = ArrayPool<float>.Shared.Rent(length);
        block.CopyTo(samples);
        if (_clock.Now.Seconds - at > 2 * BridgeProtocol.Stale.TotalSeconds) _tap.Drop(samples, header.Frames);
        else _tap.Put(at, new AudioFormat(header.SampleRate, header.Channels), samples, length);
        return true;
    }

    private void Beat()
    {
        if (BridgeClock.Now - Volatile.Read(ref _lastHeard) > BridgeProtocol.Silence.Ticks * 100) _wire.Dispose();
        else
            lock (_sending)
                if (new Ping(0, BridgeClock.Now).TryWrite(_sent, out var length)) Write(length);
    }

    private void Say(Hello hello)
    {
        lock (_sending)
            if (hello.TryWrite(_sent, out var length)) Write(length);
    }

    private void Leave(GoodbyeReason reason, string text)
    {
        lock (_sending)
            if (new Goodbye(reason, Encoding.UTF8.GetBytes(text)).TryWrite(_sent, out var length)) Write(length);
    }

    // A few hundred bytes a second into an empty buffer: where they do not fit, the other side is stuck, and its heartbeat will say so. Half
    // a message is no message, though: nothing could follow it.
    private void Write(int length)
    {
        try
        {
            if (_wire.TrySend(_sent.AsSpan(0, length), out var sent) && sent > 0 && sent < length) _wire.Dispose();
        }
        catch (ObjectDisposedException)
        {
            // The receiving loop ends, too.
        }
    }
}
