namespace BroadcastCaptions.Bridge.Messages;

/// <summary>What a caption text is.</summary>
public enum CaptionTextKind : byte
{
    /// <summary>The whole block that viewers see now; empty: nothing.</summary>
    Block = 1,

    /// <summary>A final: what one source has said.</summary>
    Final = 2,
}

/// <summary>What viewers read.</summary>
/// <param name="kind">What it is.</param>
/// <param name="source">Label of the source of a final, UTF-8; empty for a block.</param>
/// <param name="text">The text, lines joined by line feeds, UTF-8.</param>
public readonly ref struct CaptionText(CaptionTextKind kind, ReadOnlySpan<byte> source, ReadOnlySpan<byte> text)
{
    /// <summary>What it is.</summary>
    public CaptionTextKind Kind { get; } = kind;

    /// <summary>Label of the source of a final.</summary>
    public ReadOnlySpan<byte> Source { get; } = source;

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>Reads it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out CaptionText caption)
    {
        var reader = new PayloadReader(payload);
        caption = new CaptionText((CaptionTextKind)reader.Byte(), reader.Text(), reader.Text());
        return reader.IsGood && caption.Kind is CaptionTextKind.Block or CaptionTextKind.Final;
    }

    /// <summary>Writes the whole message. False: it does not fit.</summary>
    public bool TryWrite(Span<byte> destination, out int written)
    {
        var writer = new PayloadWriter(destination, MessageType.Caption);
        writer.Byte((byte)Kind);
        writer.Text(Source);
        writer.Text(Text);
        return writer.End(out written);
    }
}
