using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.ObsPlugin.Taps;

namespace BroadcastCaptions.ObsPlugin.Tests;

/// <summary>The on-air predicate is fail-closed.</summary>
public sealed class AirStateTests
{
    private static readonly AirState s_onAir = new(Muted: false, Volume: 1, Monitoring: 0, Mixers: 0x3F, Active: true, Showing: true);

    [Fact]
    public void Heard_by_viewers_it_is_on_air()
    {
        Assert.Equal(OffAirReason.None, s_onAir.OffAir);
        Assert.Equal(OffAirReason.None, (s_onAir with { Monitoring = 2, Mixers = 0x20, Volume = 0.001f }).OffAir);
    }

    [Fact]
    public void Each_way_of_not_being_heard_is_off_air()
    {
        Assert.Equal(OffAirReason.Muted, (s_onAir with { Muted = true }).OffAir);
        Assert.Equal(OffAirReason.FaderDown, (s_onAir with { Volume = 0 }).OffAir);
        Assert.Equal(OffAirReason.MonitorOnly, (s_onAir with { Monitoring = 1 }).OffAir);
        Assert.Equal(OffAirReason.NoTrack, (s_onAir with { Mixers = 0 }).OffAir);
        Assert.Equal(OffAirReason.Inactive, (s_onAir with { Active = false }).OffAir);
        Assert.Equal(OffAirReason.Inactive, (s_onAir with { Showing = false }).OffAir);
    }

    [Fact]
    public void What_cannot_be_understood_is_off_air()
    {
        Assert.NotEqual(OffAirReason.None, (s_onAir with { Volume = float.NaN }).OffAir);
        Assert.NotEqual(OffAirReason.None, (s_onAir with { Volume = -1 }).OffAir);
        Assert.Equal(OffAirReason.Unknown, (s_onAir with { Monitoring = 7 }).OffAir);
        Assert.Equal(OffAirReason.NoTrack, (s_onAir with { Mixers = 0xFFFFFFC0 }).OffAir);
    }
}
