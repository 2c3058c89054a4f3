namespace BroadcastCaptions.Bridge.Messages;

/// <summary>How the captioner is, for the plug-in's window.</summary>
/// <param name="isGood">Does it caption this source?</param>
/// <param name="text">One sentence, UTF-8.</param>
public readonly ref struct CaptionerState(bool isGood, ReadOnlySpan<byte> text)
{
    /// <summary>Does it caption this source?</summary>
    public bool IsGood { get; } = isGood;

    /// <summary>One sentence, UTF-8.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>Reads it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out CaptionerState state)
    {
        var reader = new PayloadReader(payload);
        state = new CaptionerState(reader.Byte() == 1, reader.Text());
        return reader.IsGood;
    }

    /// <summary>Writes the whole message. False: it does not fit.</summary>
    public bool TryWrite(Span<byte> destination, out int written)
    {
        var writer = new PayloadWriter(destination, MessageType.State);
        writer.Byte(IsGood ? (byte)1 : (byte)0);
        writer.Text(Text);
        return writer.End(out written);
    }
}

/// <summary>Why a side closes the connection.</summary>
public enum GoodbyeReason : byte
{
    /// <summary>It ends in good order.</summary>
    Closing = 0,

    /// <summary>The other speaks another major version.</summary>
    Version = 1,

    /// <summary>What the other sent is no message of this protocol.</summary>
    Malformed = 2,

    /// <summary>Nobody wants this source.</summary>
    NotWanted = 3,
}

/// <summary>The last message before a side closes the connection.</summary>
/// <param name="reason">Why.</param>
/// <param name="text">One sentence for the user, UTF-8.</param>
public readonly ref struct Goodbye(GoodbyeReason reason, ReadOnlySpan<byte> text)
{
    /// <summary>Why.</summary>
    public GoodbyeReason Reason { get; } = reason;

    /// <summary>One sentence for the user, UTF-8.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>Reads it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out Goodbye goodbye)
    {
        var reader = new PayloadReader(payload);
        goodbye = new Goodbye((GoodbyeReason)reader.Byte(), reader.Text());
        return reader.IsGood;
    }

    /// <summary>Writes the whole message. False: it does not fit.</summary>
    public bool TryWrite(Span<byte> destination, out int written)
    {
        var writer = new PayloadWriter(destination, MessageType.Goodbye);
        writer.Byte((byte)Reason);
        writer.Text(Text);
        return writer.End(out written);
    }
}
