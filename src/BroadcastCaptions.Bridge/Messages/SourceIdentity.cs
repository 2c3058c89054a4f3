namespace BroadcastCaptions.Bridge.Messages;

/// <summary>Where in the host a tap sits.</summary>
public enum SourceKind : byte
{
    /// <summary>A filter on one source.</summary>
    Filter = 1,

    /// <summary>The mix of an output track: on air by construction.</summary>
    Track = 2,
}

/// <summary>Who is heard on this connection. All texts are UTF-8.</summary>
/// <param name="kind">Where it sits.</param>
/// <param name="id">Stable within the host, unique: "Mic/Aux".</param>
/// <param name="name">The host's name for it: "Mic/Aux", "Track 1".</param>
/// <param name="label">What viewers see before its words; empty for none.</param>
/// <param name="colour">Colour of its words as #RRGGBB; empty for the screen's own.</param>
/// <param name="language">Language that is spoken (BCP 47: "en"); empty for the captioner's own.</param>
public readonly ref struct SourceIdentity(
    SourceKind kind, ReadOnlySpan<byte> id, ReadOnlySpan<byte> name, ReadOnlySpan<byte> label, ReadOnlySpan<byte> colour, ReadOnlySpan<byte> language)
{
    /// <summary>Where it sits.</summary>
    public SourceKind Kind { get; } = kind;

    /// <summary>Stable within the host, unique.</summary>
    public ReadOnlySpan<byte> Id { get; } = id;

    /// <summary>The host's name for it.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>What viewers see before its words; empty for none.</summary>
    public ReadOnlySpan<byte> Label { get; } = label;

    /// <summary>Colour of its words as #RRGGBB; empty for the screen's own.</summary>
    public ReadOnlySpan<byte> Colour { get; } = colour;

    /// <summary>Language that is spoken; empty for the captioner's own.</summary>
    public ReadOnlySpan<byte> Language { get; } = language;

    /// <summary>Reads it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out SourceIdentity source)
    {
        var reader = new PayloadReader(payload);
        source = new SourceIdentity((SourceKind)reader.Byte(), reader.Text(), reader.Text(), reader.Text(), reader.Text(), reader.Text());
        return reader.IsGood && source.Id.Length > 0 && source.Kind is SourceKind.Filter or SourceKind.Track;
    }

    /// <summary>Writes the whole message. False: it does not fit.</summary>
    public bool TryWrite(Span<byte> destination, out int written)
    {
        var writer = new PayloadWriter(destination, MessageType.Source);
        writer.Byte((byte)Kind);
        writer.Text(Id);
        writer.Text(Name);
        writer.Text(Label);
        writer.Text(Colour);
        writer.Text(Language);
        return writer.End(out written);
    }
}
