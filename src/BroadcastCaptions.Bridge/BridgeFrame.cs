using System.Buffers.Binary;

namespace BroadcastCaptions.Bridge;

/// <summary>What the bytes received so far hold.</summary>
public enum FrameStatus
{
    /// <summary>Not yet a whole message: receive more.</summary>
    Incomplete,

    /// <summary>A whole message.</summary>
    Complete,

    /// <summary>No message of this protocol: close the connection.</summary>
    Malformed,
}

/// <summary>Cuts a stream of bytes into messages. Allocates nothing; safe on any input.</summary>
public static class BridgeFrame
{
    /// <summary>Looks at the start of what was received.</summary>
    /// <param name="received">Bytes of the stream, from a message's start.</param>
    /// <param name="type">The message's type, known or not.</param>
    /// <param name="payload">What it holds; a part of <paramref name="received"/>.</param>
    /// <param name="length">Bytes that the whole message takes.</param>
    public static FrameStatus Read(ReadOnlySpan<byte> received, out MessageType type, out ReadOnlySpan<byte> payload, out int length)
    {
        type = MessageType.None;
        payload = default;
        length = 0;
        if (received.Length < BridgeProtocol.HeaderLength) return FrameStatus.Incomplete;
        var payloadLength = BinaryPrimitives.ReadUInt32LittleEndian(received);
        if (payloadLength > BridgeProtocol.LongestPayload || received[4] == 0) return FrameStatus.Malformed;
        var whole = BridgeProtocol.HeaderLength + (int)payloadLength;
        if (received.Length < whole) return FrameStatus.Incomplete;
        type = (MessageType)received[4];
        payload = received[BridgeProtocol.HeaderLength..whole];
        length = whole;
        return FrameStatus.Complete;
    }
}
