using BroadcastCaptions.Bridge.Messages;

namespace BroadcastCaptions.Audio.PlugIns;

/// <summary>A plug-in that we cannot go on with.</summary>
internal sealed class BridgeException(GoodbyeReason reason, string message) : Exception(message)
{
    /// <summary>What to tell it.</summary>
    public GoodbyeReason Reason => reason;

    /// <summary>What came is no message.</summary>
    public static BridgeException Malformed() => new(GoodbyeReason.Malformed, "What came over the bridge is no message of a plug-in; the connection was closed.");
}
