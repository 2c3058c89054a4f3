using BroadcastCaptions.Bridge;
using BroadcastCaptions.Bridge.Messages;

namespace BroadcastCaptions.ObsPlugin.Taps;

/// <summary>
/// The audio thread's side of a tap: it hears each block, is then told whether viewers hear it, and only then lets the sender see it. No
/// allocation, no lock, no log, no throw. Fail-closed: the block within which a source goes on or off air is never sent.
/// </summary>
/// <remarks>
/// <see cref="Hear"/> and <see cref="Judge"/> are called by the host's audio threads, one at a time. A filter behind ours may hold a block
/// back: then the judgement of the next one that comes out holds for all that was heard up to it.
/// </remarks>
internal sealed class AudioTap : IDisposable
{
    private const long Second = 1_000_000_000;

    /// <summary>What nobody judged for this long counts as unknown: off air.</summary>
    private const double LongestUnjudged = 0.5;

    private readonly TapRing _ring = new();
    private long _frames;
    private int _generation;  // sender → audio: which connection listens; 0: none
    private int _seen;        // audio: the generation that knows whether we are on air
    private OffAirReason _said;
    private long _unjudged;   // audio: frames heard since the last judgement
    private int _rate = 48_000;
    private int _channels;
    private long _overruns;

    /// <summary>Frames heard so far. Any thread.</summary>
    public long Frames => Volatile.Read(ref _frames);

    /// <summary>Channels that the host delivers; 0 until known.</summary>
    public int Channels => Volatile.Read(ref _channels);

    /// <summary>Blocks that found no room. Any thread.</summary>
    public long Overruns => Volatile.Read(ref _overruns);

    /// <summary>What it costs. Written by the audio thread alone.</summary>
    public CostMeter Cost { get; } = new();

    /// <summary>The sender's side.</summary>
    public TapRing Ring => _ring;

    /// <summary>Sender: a connection that listens from now on; 0: nobody listens. What waits of an earlier one is not for it.</summary>
    public void ListenFor(int generation) => Volatile.Write(ref _generation, generation);

    /// <summary>Sender: what the host delivers.</summary>
    public void SetFormat(int rate, int channels)
    {
        Volatile.Write(ref _rate, rate);
        Volatile.Write(ref _channels, Math.Clamp(channels, 0, BridgeProtocol.MostChannels));
    }

    /// <summary>Audio thread: a block has come.</summary>
    /// <param name="planes">Its samples, channel by channel; none where they are not wanted, and only counted.</param>
    /// <param name="frames">How many.</param>
    public void Hear(ReadOnlySpan<nint> planes, int frames)
    {
        var first = _frames;
        Volatile.Write(ref _frames, first + frames);
        var generation = Volatile.Read(ref _generation);
        if (generation == 0)
        {
            _ring.TakeBack();
            _seen = 0;
            return;
        }

        _unjudged += frames;
        if (_unjudged > LongestUnjudged * _rate) Judge(OffAirReason.Unknown);
        if (planes.Length == 0) return;
        var began = BridgeClock.Now - (frames * Second / _rate);
        for (var done = 0; done < frames; done += BridgeProtocol.MostFrames)
        {
            var record = new RingRecord
            {
                Generation = generation,
                FirstFrame = first + done,
                Time = began + (done * Second / _rate),
                Frames = Math.Min(BridgeProtocol.MostFrames, frames - done),
                Channels = planes.Length,
                Rate = _rate,
            };
            if (!_ring.TryAppend(record, planes, done)) Volatile.Write(ref _overruns, _overruns + 1);
        }
    }

    /// <summary>Audio thread: whether viewers hear what was heard since the last judgement.</summary>
    public void Judge(OffAirReason offAir)
    {
        _unjudged = 0;
        var generation = Volatile.Read(ref _generation);
        if (generation == 0) return;
        var isNews = _seen != generation || offAir != _said;
        if (!isNews && offAir == OffAirReason.None)
        {
            _ring.Publish();
            return;
        }

        var edge = _frames;
        if (_ring.HasPending && offAir != OffAirReason.None) edge = _ring.FirstPending.FirstFrame;
        _ring.TakeBack();
        if (!isNews) return;
        var change = new RingRecord { Generation = generation, FirstFrame = edge, Time = BridgeClock.Now - ((_frames - edge) * Second / _rate), OffAir = offAir };
        if (!_ring.TryAppend(change, [])) return; // no room: said with the next block, and nothing is sent before
        _ring.Publish();
        (_seen, _said) = (generation, offAir);
    }

    /// <inheritdoc/>
    public void Dispose() => _ring.Dispose();
}
