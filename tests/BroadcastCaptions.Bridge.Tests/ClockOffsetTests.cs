using BroadcastCaptions.Bridge.Messages;

namespace BroadcastCaptions.Bridge.Tests;

public sealed class ClockOffsetTests
{
    private readonly ClockOffset _offset = new();

    [Fact]
    public void Four_timestamps_give_the_offset_and_the_quickest_exchange_counts()
    {
        // The peer is 1000 ahead; 10 there, 10 back, 5 in between.
        _offset.Add(new Pong(1, 100, 1110, 1115), received: 125);
        Assert.Equal((1000, 20), (_offset.Nanoseconds, _offset.RoundTrip));
        // A slow way back would say 900: it is not believed.
        _offset.Add(new Pong(2, 200, 1210, 1215), received: 425);
        Assert.Equal((1000, 20), (_offset.Nanoseconds, _offset.RoundTrip));
        Assert.Equal(5, _offset.ToOurs(1005));
    }

    [Fact]
    public void Old_exchanges_are_forgotten()
    {
        _offset.Add(new Pong(1, 0, 1000, 1000), received: 0);
        for (uint i = 0; i < 16; i++) _offset.Add(new Pong(i, 0, 2010, 2010), received: 20);
        Assert.Equal(2000, _offset.Nanoseconds);
    }

    [Theory]
    [InlineData(100, 0, 0, 50)] // answered before it was asked
    [InlineData(0, 0, 500, 100)] // longer over there than in all
    [InlineData(long.MinValue, long.MaxValue, long.MinValue, long.MaxValue)]
    public void What_cannot_be_is_ignored(long sent, long received, long answered, long arrived)
    {
        _offset.Add(new Pong(1, sent, received, answered), arrived);
        Assert.False(_offset.IsKnown);
    }

    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(10_000_000)]
    [InlineData(24_000_000)]
    public void Ticks_become_nanoseconds_and_ticks_again(long frequency)
    {
        var timestamp = (frequency * 86_400 * 365) + 12_345;
        var nanoseconds = BridgeClock.Nanoseconds(timestamp, frequency);
        Assert.Equal(86_400L * 365, nanoseconds / 1_000_000_000);
        Assert.InRange(timestamp - BridgeClock.Ticks(nanoseconds, frequency), 0, 1);
    }
}
