namespace BroadcastCaptions.Bridge.Messages;

/// <summary>Why viewers do not hear a source.</summary>
public enum OffAirReason : byte
{
    /// <summary>They do.</summary>
    None = 0,

    /// <summary>Its state is not known (yet): then it is off air.</summary>
    Unknown = 1,

    /// <summary>Muted, by hand, push-to-talk or push-to-mute.</summary>
    Muted = 2,

    /// <summary>Its fader stands at −∞.</summary>
    FaderDown = 3,

    /// <summary>It goes to the monitor only.</summary>
    MonitorOnly = 4,

    /// <summary>Every output track is unticked.</summary>
    NoTrack = 5,

    /// <summary>It is in no scene that is on air.</summary>
    Inactive = 6,

    /// <summary>The user switched captions off for it.</summary>
    Disabled = 7,
}

/// <summary>A source went on or off air. Before the first of these it is off air.</summary>
/// <param name="OnAir">Do viewers hear it?</param>
/// <param name="Reason">Why not.</param>
/// <param name="Frame">Number of the first frame for which this holds, counted as <see cref="AudioHeader.FirstFrame"/>.</param>
/// <param name="Time">Sender's monotonic clock at that frame, in nanoseconds.</param>
public readonly record struct OnAirState(bool OnAir, OffAirReason Reason, long Frame, long Time)
{
    /// <summary>Reads it. A reason that is not known is <see cref="OffAirReason.Unknown"/>; anything but a plain 1 is off air.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out OnAirState state)
    {
        var reader = new PayloadReader(payload);
        var (frame, time, onAir, reason) = (reader.Int64(), reader.Int64(), reader.Byte() == 1, (OffAirReason)reader.Byte());
        if (onAir) reason = OffAirReason.None;
        else if (reason is OffAirReason.None or > OffAirReason.Disabled) reason = OffAirReason.Unknown;
        state = new OnAirState(onAir, reason, frame, time);
        return reader.IsGood && frame >= 0;
    }

    /// <summary>Writes the whole message. False: it does not fit.</summary>
    public bool TryWrite(Span<byte> destination, out int written)
    {
        var writer = new PayloadWriter(destination, MessageType.OnAir);
        writer.Int64(Frame);
        writer.Int64(Time);
        writer.Byte(OnAir ? (byte)1 : (byte)0);
        writer.Byte((byte)Reason);
        return writer.End(out written);
    }
}
