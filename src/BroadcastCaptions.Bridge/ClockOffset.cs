using BroadcastCaptions.Bridge.Messages;

namespace BroadcastCaptions.Bridge;

/// <summary>
/// How far the peer's clock is ahead of ours, from pings and pongs (four timestamps, as NTP). Of the last 16 exchanges the quickest
/// counts: the less time on the way, the less of it can be unequal. One thread.
/// </summary>
public sealed class ClockOffset
{
    private const int Kept = 16;

    private readonly (long Offset, long RoundTrip)[] _exchanges = new (long, long)[Kept];
    private int _count;

    /// <summary>Has any exchange been seen?</summary>
    public bool IsKnown => _count > 0;

    /// <summary>Nanoseconds by which the peer's clock is ahead; 0 until known.</summary>
    public long Nanoseconds { get; private set; }

    /// <summary>Nanoseconds on the way of the exchange that counts: the offset is exact to half of it.</summary>
    public long RoundTrip { get; private set; }

    /// <summary>Takes an exchange in. One that cannot be (an answer before its question) is ignored.</summary>
    /// <param name="pong">The answer.</param>
    /// <param name="received">When it arrived, on our clock, in nanoseconds.</param>
    public void Add(Pong pong, long received)
    {
        // 128 bits: a peer may send any number, and none may overflow.
        var roundTrip = (Int128)received - pong.PingSent - ((Int128)pong.PongSent - pong.PingReceived);
        var offset = (((Int128)pong.PingReceived - pong.PingSent) + ((Int128)pong.PongSent - received)) / 2;
        if (roundTrip < 0 || roundTrip > received - (Int128)pong.PingSent || Int128.Abs(offset) > long.MaxValue / 4) return;
        _exchanges[_count++ % Kept] = ((long)offset, (long)roundTrip);
        RoundTrip = long.MaxValue;
        foreach (var exchange in _exchanges.AsSpan(0, Math.Min(_count, Kept)))
            if (exchange.RoundTrip < RoundTrip) (Nanoseconds, RoundTrip) = exchange;
    }

    /// <summary>A time of the peer's clock on ours.</summary>
    public long ToOurs(long peerTime) => unchecked(peerTime - Nanoseconds);
}
