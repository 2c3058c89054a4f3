using BroadcastCaptions.Bridge.Messages;

namespace BroadcastCaptions.ObsPlugin.Taps;

/// <summary>
/// Takes a block through a tap of its own while the plug-in loads: what .NET makes ready at first use is not made ready on an audio thread then. The first block of
/// all allocated 336 bytes there.
/// </summary>
internal static unsafe class Rehearsal
{
    private const int Frames = 64;

    /// <summary>Everything that an audio thread may come to.</summary>
    public static void Run()
    {
        using var tap = new AudioTap();
        tap.SetFormat(48_000, channels: 1);
        tap.ListenFor(1);
        var silence = stackalloc float[Frames];
        var began = CostMeter.Begin();
        foreach (var offAir in (ReadOnlySpan<OffAirReason>)[OffAirReason.None, OffAirReason.None, OffAirReason.Muted, new AirState(false, 1, 0, 1, true, true).OffAir])
        {
            tap.Hear([(nint)silence], Frames);
            tap.Judge(offAir);
        }

        tap.Cost.Add(began);
        tap.Cost.End(began);
    }
}
