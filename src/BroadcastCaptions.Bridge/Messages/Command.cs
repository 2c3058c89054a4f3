namespace BroadcastCaptions.Bridge.Messages;

/// <summary>What a user can want of the captioner from within the host.</summary>
public enum CommandKind : byte
{
    /// <summary>Nothing that this version knows: ignore it.</summary>
    None = 0,

    /// <summary>Empty every screen at once.</summary>
    Clear = 1,
}

/// <summary>The user pressed a key or a button in the host.</summary>
/// <param name="Kind">What it is for.</param>
public readonly record struct Command(CommandKind Kind)
{
    /// <summary>Reads it; a kind that is not known is <see cref="CommandKind.None"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out Command command)
    {
        var reader = new PayloadReader(payload);
        var kind = (CommandKind)reader.Byte();
        command = new Command(kind > CommandKind.Clear ? CommandKind.None : kind);
        return reader.IsGood;
    }

    /// <summary>Writes the whole message. False: it does not fit.</summary>
    public bool TryWrite(Span<byte> destination, out int written)
    {
        var writer = new PayloadWriter(destination, MessageType.Command);
        writer.Byte((byte)Kind);
        return writer.End(out written);
    }
}
