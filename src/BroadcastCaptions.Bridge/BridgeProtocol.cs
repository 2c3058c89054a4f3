namespace BroadcastCaptions.Bridge;

/// <summary>The numbers of the protocol; docs/bridge.md is their specification.</summary>
public static class BridgeProtocol
{
    /// <summary>First bytes of every hello: "BCBR", read as a little-endian number.</summary>
    public const uint Magic = 0x52424342;

    /// <summary>Another major version is another language: the connection is closed with a goodbye.</summary>
    public const ushort Major = 1;

    /// <summary>A higher minor version only adds message types, and fields at the end of messages.</summary>
    public const ushort Minor = 0;

    /// <summary>Bytes before every payload: length (4), type (1), reserved (3).</summary>
    public const int HeaderLength = 8;

    /// <summary>Longest payload, in bytes: 8 channels of 8192 frames, and what stands before them.</summary>
    public const int LongestPayload = (8 * 8192 * sizeof(float)) + 64;

    /// <summary>Longest text, in bytes of UTF-8.</summary>
    public const int LongestText = 1024;

    /// <summary>Most channels of a block (libobs knows 8).</summary>
    public const int MostChannels = 8;

    /// <summary>Most frames of a block, per channel (OBS delivers 1024, with 16 kHz media 6144).</summary>
    public const int MostFrames = 8192;

    /// <summary>Highest rate, in samples a second.</summary>
    public const int HighestRate = 768_000;

    /// <summary>How often each side sends a ping.</summary>
    public static TimeSpan PingEvery { get; } = TimeSpan.FromSeconds(1);

    /// <summary>A peer that said nothing for this long is gone: the connection is closed.</summary>
    public static TimeSpan Silence { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Audio older than this is not sent any more: it would be captioned too late (design: under 1.5 s).</summary>
    public static TimeSpan Stale { get; } = TimeSpan.FromSeconds(1);
}
