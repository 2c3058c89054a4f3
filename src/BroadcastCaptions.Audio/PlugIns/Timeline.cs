using System.Diagnostics;
using BroadcastCaptions.Bridge;
using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.PlugIns;

/// <summary>
/// Where one connection's frames lie on the media clock. They are counted, so that a block's delay on its way does not move it; the capture
/// times say where counting begins, and how far the device's clock has drifted since (by the least lateness of some seconds). One thread.
/// </summary>
internal sealed class Timeline(MediaClock clock)
{
    private const double Late = 0.25;      // s: more than a late block, sound is missing
    private const double Ahead = 1.5;      // s: a media source that starts delivers some tenths of a second at once; more is a new beginning
    private const double Trim = 0.005;     // s: what may be left out at once where a device runs fast; 1250 ppm, quartz drifts by 100
    private const double CheckEvery = 4;   // s
    private const double Tolerance = 0.03; // s: what a drift may come to before the frames are moved
    private const long SameClock = 20_000_000; // ns: two programs of one machine; what differs is the way, not the clock

    private long _frame;
    private double _at;
    private int _rate;
    private double _least = double.MaxValue;
    private double _nextCheck;

    /// <summary>How far the plug-in's clock is ahead of ours.</summary>
    public ClockOffset Offset { get; } = new();

    /// <summary>The media time of a block's first frame, in seconds.</summary>
    public double Place(AudioHeader header)
    {
        var captured = MediaAt(header.CaptureTime);
        var counted = Counted(header.FirstFrame);
        if (_rate != header.SampleRate || !Follows(captured, counted))
        {
            Begin(header, captured);
            return captured;
        }

        _least = Math.Min(_least, captured - counted);
        if (captured < _nextCheck) return counted;
        if (Math.Abs(_least) <= Tolerance)
        {
            (_least, _nextCheck) = (double.MaxValue, captured + CheckEvery);
            return counted;
        }

        Begin(header, counted + Math.Max(_least, -Trim));
        return _at;
    }

    /// <summary>The media time from which something holds, in seconds.</summary>
    public double Place(OnAirState state)
    {
        var captured = MediaAt(state.Time);
        var counted = Counted(state.Frame);
        return _rate > 0 && Follows(captured, counted) ? counted : captured;
    }

    private static bool Follows(double captured, double counted) => captured - counted <= Late && counted - captured <= Ahead;

    private double Counted(long frame) => _rate == 0 ? double.MinValue : _at + ((double)(frame - _frame) / _rate);

    private void Begin(AudioHeader header, double at)
    {
        (_frame, _at, _rate) = (header.FirstFrame, at, header.SampleRate);
        (_least, _nextCheck) = (double.MaxValue, at + CheckEvery);
    }

    private double MediaAt(long time)
    {
        var ours = Math.Abs(Offset.Nanoseconds) < SameClock ? time : Offset.ToOurs(time);
        return clock.At(BridgeClock.Ticks(ours, Stopwatch.Frequency)).Seconds;
    }
}
