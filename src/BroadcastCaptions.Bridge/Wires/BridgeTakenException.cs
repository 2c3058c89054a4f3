namespace BroadcastCaptions.Bridge.Wires;

/// <summary>Another captioner listens there.</summary>
public sealed class BridgeTakenException() : IOException("Another captioner listens there.");
