using System.Runtime.InteropServices;
using BroadcastCaptions.Bridge.Messages;

namespace BroadcastCaptions.ObsPlugin.Taps;

/// <summary>What stands before each record of the ring: a block of sound, or a change of what is on air.</summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal struct RingRecord
{
    /// <summary>One cache line: a record never wraps within it.</summary>
    public const int Size = 64;

    /// <summary>Bytes of the whole record, a multiple of <see cref="Size"/>.</summary>
    public int Length;

    /// <summary>Which connection it is for.</summary>
    public int Generation;

    /// <summary>Number of the first frame since the tap was made.</summary>
    public long FirstFrame;

    /// <summary>Monotonic clock at that frame, nanoseconds.</summary>
    public long Time;

    /// <summary>Frames of a block; 0: a change of what is on air.</summary>
    public int Frames;

    /// <summary>Channels of a block.</summary>
    public int Channels;

    /// <summary>Its rate.</summary>
    public int Rate;

    /// <summary>Why it is off air from here; none: it is on air.</summary>
    public OffAirReason OffAir;
}
