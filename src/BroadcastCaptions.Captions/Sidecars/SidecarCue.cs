using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>One entry of a sidecar.</summary>
/// <param name="Source">Id of the source that speaks.</param>
/// <param name="Speaker">Its name; empty where only one source speaks.</param>
/// <param name="Start">When it appears: the first word's begin.</param>
/// <param name="Spoken">When its last word ended.</param>
/// <param name="End">When it disappears, as long as nothing else is said.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Language">BCP 47 language of its words.</param>
internal sealed record SidecarCue(
    string Source, string Speaker, MediaTime Start, MediaTime Spoken, MediaTime End, IReadOnlyList<string> Lines, string Language = "");
