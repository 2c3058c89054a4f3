namespace BroadcastCaptions.Bridge.Messages;

/// <summary>Are you there, and what is the time?</summary>
/// <param name="Id">Returned by the pong.</param>
/// <param name="Sent">Sender's monotonic clock, in nanoseconds.</param>
public readonly record struct Ping(uint Id, long Sent)
{
    /// <summary>Reads it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out Ping ping)
    {
        var reader = new PayloadReader(payload);
        ping = new Ping(reader.UInt32(), reader.Int64());
        return reader.IsGood;
    }

    /// <summary>Writes the whole message. False: it does not fit.</summary>
    public bool TryWrite(Span<byte> destination, out int written)
    {
        var writer = new PayloadWriter(destination, MessageType.Ping);
        writer.UInt32(Id);
        writer.Int64(Sent);
        return writer.End(out written);
    }
}

/// <summary>The answer to a ping. With the moment of its arrival these are the four timestamps of a clock's offset.</summary>
/// <param name="Id">The ping's.</param>
/// <param name="PingSent">The ping's timestamp, on its sender's clock.</param>
/// <param name="PingReceived">When it arrived, on the answerer's clock.</param>
/// <param name="PongSent">When the answer left, on the answerer's clock.</param>
public readonly record struct Pong(uint Id, long PingSent, long PingReceived, long PongSent)
{
    /// <summary>Reads it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out Pong pong)
    {
        var reader = new PayloadReader(payload);
        pong = new Pong(reader.UInt32(), reader.Int64(), reader.Int64(), reader.Int64());
        return reader.IsGood;
    }

    /// <summary>Writes the whole message. False: it does not fit.</summary>
    public bool TryWrite(Span<byte> destination, out int written)
    {
        var writer = new PayloadWriter(destination, MessageType.Pong);
        writer.UInt32(Id);
        writer.Int64(PingSent);
        writer.Int64(PingReceived);
        writer.Int64(PongSent);
        return writer.End(out written);
    }
}
