using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.ObsPlugin.Taps;

namespace BroadcastCaptions.ObsPlugin.Tests;

/// <summary>The on-air predicate is fail-closed.</summary>
public sealed class AirStateTests
{
    private static readonly AirState OnAir = new(Muted: false, Volume: 1, Monitoring: 0, Mixers: 0x3F, Active: true, Showing: true);

    [Fact]
    public void Heard_by_viewers_it_is_on_air()
    {
        Assert.Equal(OffAirReason.None, OnAir.OffAir);
        Assert.Equal(OffAirReason.None, (OnAir with { Monitoring = 2, Mixers = 0x20, Volume = 0.001f }).OffAir);
    }

    [Fact]
    public void Each_way_of_not_being_heard_is_off_air()
    {
        Assert.Equal(OffAirReason.Muted, (OnAir with { Muted = true }).OffAir);
        Assert.Equal(OffAirReason.FaderDown, (OnAir with { Volume = 0 }).OffAir);
        Assert.Equal(OffAirReason.MonitorOnly, (OnAir with { Monitoring = 1 }).OffAir);
        Assert.Equal(OffAirReason.NoTrack, (OnAir with { Mixers = 0 }).OffAir);
        Assert.Equal(OffAirReason.Inactive, (OnAir with { Active = false }).OffAir);
        Assert.Equal(OffAirReason.Inactive, (OnAir with { Showing = false }).OffAir);
    }

    [Fact]
    public void What_cannot_be_understood_is_off_air()
    {
        Assert.NotEqual(OffAirReason.None, (OnAir with { Volume = float.NaN }).OffAir);
        Assert.NotEqual(OffAirReason.None, (OnAir with { Volume = -1 }).OffAir);
        Assert.Equal(OffAirReason.Unknown, (OnAir with { Monitoring = 7 }).OffAir);
        Assert.Equal(OffAirReason.NoTrack, (OnAir with { Mixers = 0xFFFFFFC0 }).OffAir);
    }
}
