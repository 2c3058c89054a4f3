namespace BroadcastCaptions.Audio;

/// <summary>Who is heard through a tap: the identity that every segment, transcript and cue carries.</summary>
/// <param name="Id">Stable within a session, unique: "mic", "file", "alice".</param>
/// <param name="Label">What viewers see before the words when several sources speak; empty for none.</param>
/// <param name="Colour">Colour of the words on screens that have colours, as #RRGGBB; null for the sink's own.</param>
/// <param name="Language">What is spoken, as its two-letter code, for models of many languages; null: as the session is set.</param>
public sealed record AudioSource(string Id, string Label = "", string? Colour = null, string? Language = null);
