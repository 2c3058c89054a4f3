namespace BroadcastCaptions.Library;

/// <summary>How far a recording has been heard. Reported several times for each second of work; any thread.</summary>
/// <param name="Done">Seconds of the recording that were heard, those that were skipped included.</param>
/// <param name="Total">Its length in seconds; null where it does not say.</param>
public readonly record struct TranscriptionProgress(double Done, double? Total);
