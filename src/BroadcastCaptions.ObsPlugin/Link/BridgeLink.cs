using BroadcastCaptions.Bridge;
using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.Bridge.Wires;
using BroadcastCaptions.ObsPlugin.Host;
using BroadcastCaptions.ObsPlugin.Taps;

namespace BroadcastCaptions.ObsPlugin.Link;

/// <summary>
/// The plug-in's end of one connection to the captioner: a state machine that the sender steps. It never blocks, and allocates only where a
/// connection begins or ends. What is too old when it could go out is left out.
/// </summary>
internal sealed class BridgeLink : IDisposable
{
    private const long Millisecond = 1_000_000;
    private const long RetryEvery = 250 * Millisecond;

    private static int s_generations;

    private readonly Inbox _inbox = new();
    private readonly Outbox _outbox = new();
    private IBridgeWire? _wire;
    private long _nextTry, _nextPing, _lastHeard;
    private uint _pings;
    private int _generation;     // 0: not welcomed yet
    private long _firstFrame;    // the tap's frame that is this connection's frame 0
    private TapSettings? _saidSettings;
    private byte[]? _saidName;
    private int _clears;
    private long _stale;

    /// <summary>How it is, for the user. Any thread.</summary>
    public string Status { get; private set; } = "The captioner is not running.";

    /// <summary>Does a captioner listen? Any thread.</summary>
    public bool IsConnected => Volatile.Read(ref _generation) != 0;

    /// <summary>Blocks left out because they were too old. Any thread.</summary>
    public long Stale => Volatile.Read(ref _stale);

    /// <summary>Takes what came, sends what waits. Sender only.</summary>
    public void Step(TapInstance instance, long now, Action<CaptionText> captions)
    {
        if (_wire is null && !TryConnect(now)) return;
        if (!_inbox.TryReceive(_wire!)) Close(instance, "The captioner has ended.", now);
        else if (!TakeAll(instance, now, captions)) return;
        else if (now - _lastHeard > BridgeProtocol.Silence.Ticks * 100) Close(instance, "The captioner does not answer.", now);
        else Send(instance, now);
    }

    /// <summary>Says goodbye where it can, and ends the connection.</summary>
    public void Dispose()
    {
        if (_wire is null) return;
        if (_outbox.IsEmpty && new Goodbye(GoodbyeReason.Closing, default).TryWrite(_outbox.Room, out var written)) _outbox.Add(written);
        _outbox.TryFlush(_wire);
        _outbox.Close();
        _wire.Dispose();
        _wire = null;
    }

    private bool TryConnect(long now)
    {
        if (now < _nextTry) return false;
        _nextTry = now + RetryEvery;
        if (Meeting.TryConnect() is not { } wire) return false;
        _wire = wire;
        (_lastHeard, _nextPing) = (now, now);
        _inbox.Clear();
        _outbox.Open();
        if (new Hello(BridgeRole.PlugIn, Meeting.Program, Meeting.Host).TryWrite(_outbox.Room, out var written)) _outbox.Add(written);
        return true;
    }

    private bool TakeAll(TapInstance instance, long now, Action<CaptionText> captions)
    {
        while (true)
        {
            switch (_inbox.Next(out var type, out var payload))
            {
                case FrameStatus.Incomplete: return true;
                case FrameStatus.Malformed: return Refuse(instance, GoodbyeReason.Malformed, now);
            }

            _lastHeard = now;
            if (!Take(instance, type, payload, now, captions)) return false;
        }
    }

    private bool Take(TapInstance instance, MessageType type, ReadOnlySpan<byte> payload, long now, Action<CaptionText> captions)
    {
        switch (type)
        {
            case MessageType.Hello when _generation == 0:
                if (!Hello.TryParse(payload, out var hello) || hello is { IsSpoken: true, Role: not BridgeRole.Captioner }) return Refuse(instance, GoodbyeReason.Malformed, now);
                if (!hello.IsSpoken) return Refuse(instance, GoodbyeReason.Version, now);
                Welcome(instance);
                return true;
            case MessageType.Ping when Ping.TryParse(payload, out var ping):
                var pong = new Pong(ping.Id, ping.Sent, now, BridgeClock.Now);
                if (pong.TryWrite(_outbox.Room, out var written)) _outbox.Add(written);
                return true;
            case MessageType.State when CaptionerState.TryParse(payload, out var state):
                Status = System.Text.Encoding.UTF8.GetString(state.Text);
                return true;
            case MessageType.Caption when CaptionText.TryParse(payload, out var caption):
                captions(caption);
                return true;
            case MessageType.Goodbye when Goodbye.TryParse(payload, out var goodbye):
                Close(instance, goodbye.Text.IsEmpty ? "The captioner has ended." : System.Text.Encoding.UTF8.GetString(goodbye.Text), now);
                return false;
            default:
                return true; // later minor versions add types
        }
    }

    private void Welcome(TapInstance instance)
    {
        while (instance.Tap.Ring.TryPeek(out var old)) instance.Tap.Ring.Skip(old);
        _firstFrame = instance.Tap.Frames; // read before the audio thread learns of the connection: no frame of it comes earlier
        Volatile.Write(ref _generation, Interlocked.Increment(ref s_generations));
        (_saidSettings, _saidName, _clears) = (null, null, MasterSwitch.Clears);
        Status = "Connected with the captioner.";
    }

    private void Send(TapInstance instance, long now)
    {
        if (now >= _nextPing && new Ping(++_pings, now).TryWrite(_outbox.Room, out var written))
        {
            _outbox.Add(written);
            _nextPing = now + (BridgeProtocol.PingEvery.Ticks * 100);
        }

        if (_generation != 0) SendTap(instance, now);
        if (!_outbox.TryFlush(_wire!)) Close(instance, "The captioner has ended.", now);
    }

    private void SendTap(TapInstance instance, long now)
    {
        if (_clears != MasterSwitch.Clears && new Command(CommandKind.Clear).TryWrite(_outbox.Room, out var written))
        {
            _outbox.Add(written);
            _clears = MasterSwitch.Clears;
        }

        if (instance.Name.Length == 0) return; // not yet attached
        if ((_saidSettings != instance.Settings || _saidName != instance.Name) && !SendIdentity(instance)) return;
        while (_outbox.Room.Length > BridgeProtocol.HeaderLength + BridgeProtocol.LongestPayload && instance.Tap.Ring.TryPeek(out var record))
        {
            if (record.Generation == _generation) SendRecord(instance.Tap, record, now);
            instance.Tap.Ring.Skip(record);
        }
    }

    private bool SendIdentity(TapInstance instance)
    {
        var (settings, name) = (instance.Settings, instance.Name);
        var identity = new SourceIdentity(instance.Kind, name, name, settings.Label, settings.Colour, settings.Language);
        if (!identity.TryWrite(_outbox.Room, out var written)) return false;
        _outbox.Add(written);
        if (_saidName is null) instance.Tap.ListenFor(_generation);
        (_saidSettings, _saidName) = (settings, name);
        return true;
    }

    private void SendRecord(AudioTap tap, in RingRecord record, long now)
    {
        int written;
        var frame = Math.Max(0, record.FirstFrame - _firstFrame);
        if (record.Frames == 0)
        {
            var onAir = record.OffAir == OffAirReason.None;
            if (new OnAirState(onAir, record.OffAir, frame, record.Time).TryWrite(_outbox.Room, out written)) _outbox.Add(written);
            return;
        }

        if (now - record.Time > BridgeProtocol.Stale.Ticks * 100)
        {
            Volatile.Write(ref _stale, _stale + 1);
            return;
        }

        var header = new AudioHeader(frame, record.Time, record.Rate, record.Channels, record.Frames);
        if (!AudioBlock.TryBegin(header, _outbox.Room, out var samples, out written)) return;
        tap.Ring.CopyInterleaved(record, System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(samples));
        _outbox.Add(written);
    }

    private bool Refuse(TapInstance instance, GoodbyeReason reason, long now)
    {
        if (_outbox.IsEmpty && new Goodbye(reason, default).TryWrite(_outbox.Room, out var written)) _outbox.Add(written);
        _outbox.TryFlush(_wire!);
        Close(instance, reason == GoodbyeReason.Version ? "The captioner speaks another version: update both." : "What answers is no captioner.", now);
        return false;
    }

    private void Close(TapInstance instance, string why, long now)
    {
        instance.Tap.ListenFor(0);
        Volatile.Write(ref _generation, 0);
        _outbox.Close();
        _wire?.Dispose();
        _wire = null;
        Status = why;
        _nextTry = now + RetryEvery;
    }
}
