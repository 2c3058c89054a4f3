namespace BroadcastCaptions.Captions;

/// <summary>What is known of a recording, for the files that can say it.</summary>
/// <param name="File">Its name.</param>
/// <param name="Duration">Seconds; null where it is not known.</param>
/// <param name="Language">BCP 47 language of most of it; null where nobody speaks.</param>
/// <param name="Model">The model that recognised it.</param>
public sealed record RecordingFacts(string? File = null, double? Duration = null, string? Language = null, string? Model = null);
