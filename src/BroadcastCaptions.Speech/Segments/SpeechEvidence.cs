namespace BroadcastCaptions.Speech.Segments;

/// <summary>What the voice activity detector says of a segment.</summary>
/// <param name="MaximumProbability">Its highest probability in a window, 0 … 1.</param>
/// <param name="MeanProbability">The mean over the windows from the first to the last that held speech, 0 … 1.</param>
/// <param name="SpeechSeconds">Seconds of windows that held speech.</param>
public readonly record struct SpeechEvidence(float MaximumProbability, float MeanProbability, double SpeechSeconds);
