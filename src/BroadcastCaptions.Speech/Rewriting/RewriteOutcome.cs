namespace BroadcastCaptions.Speech.Rewriting;

/// <summary>Which graphs of a model run, and why; 'captions doctor' shows it.</summary>
/// <param name="Decoder">Does the rewritten decoder run? Else the one that was shipped.</param>
/// <param name="Encoder">Does the rewritten encoder run? Else the one that was shipped.</param>
/// <param name="Reason">One sentence for the user.</param>
public sealed record RewriteOutcome(bool Decoder, bool Encoder, string Reason);
