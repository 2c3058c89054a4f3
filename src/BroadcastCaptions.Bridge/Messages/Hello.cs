namespace BroadcastCaptions.Bridge.Messages;

/// <summary>Which end of the bridge speaks.</summary>
public enum BridgeRole : byte
{
    /// <summary>The plug-in inside a host.</summary>
    PlugIn = 1,

    /// <summary>The captioner.</summary>
    Captioner = 2,
}

/// <summary>The first message of either side.</summary>
/// <param name="role">Who speaks.</param>
/// <param name="program">Name and version of the program, UTF-8: "BroadcastCaptions 0.1.0".</param>
/// <param name="host">Name and version of the host, UTF-8: "OBS Studio 29.0.2"; empty from the captioner.</param>
/// <param name="major">Major version of the protocol.</param>
/// <param name="minor">Minor version of the protocol.</param>
public readonly ref struct Hello(
    BridgeRole role, ReadOnlySpan<byte> program, ReadOnlySpan<byte> host = default, ushort major = BridgeProtocol.Major, ushort minor = BridgeProtocol.Minor)
{
    /// <summary>Who speaks.</summary>
    public BridgeRole Role { get; } = role;

    /// <summary>Name and version of the program, UTF-8.</summary>
    public ReadOnlySpan<byte> Program { get; } = program;

    /// <summary>Name and version of the host, UTF-8.</summary>
    public ReadOnlySpan<byte> Host { get; } = host;

    /// <summary>Major version of the protocol.</summary>
    public ushort Major { get; } = major;

    /// <summary>Minor version of the protocol.</summary>
    public ushort Minor { get; } = minor;

    /// <summary>Is this a version that we speak?</summary>
    public bool IsSpoken => Major == BridgeProtocol.Major;

    /// <summary>Reads it. Of another major version only the versions are read, and the rest is empty.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out Hello hello)
    {
        var reader = new PayloadReader(payload);
        var magic = reader.UInt32();
        var (major, minor) = (reader.UInt16(), reader.UInt16());
        hello = new Hello(default, default, default, major, minor);
        if (!reader.IsGood || magic != BridgeProtocol.Magic) return false;
        if (!hello.IsSpoken) return true;
        hello = new Hello((BridgeRole)reader.Byte(), reader.Text(), reader.Text(), major, minor);
        return reader.IsGood && hello.Role is BridgeRole.PlugIn or BridgeRole.Captioner;
    }

    /// <summary>Writes the whole message. False: it does not fit.</summary>
    public bool TryWrite(Span<byte> destination, out int written)
    {
        var writer = new PayloadWriter(destination, MessageType.Hello);
        writer.UInt32(BridgeProtocol.Magic);
        writer.UInt16(Major);
        writer.UInt16(Minor);
        writer.Byte((byte)Role);
        writer.Text(Program);
        writer.Text(Host);
        return writer.End(out written);
    }
}
