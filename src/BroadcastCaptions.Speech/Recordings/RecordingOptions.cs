namespace BroadcastCaptions.Speech.Recordings;

/// <summary>What becomes of what was said.</summary>
public enum SpeechTask
{
    /// <summary>It is written as it was said.</summary>
    Transcribe,

    /// <summary>It is written in English, whatever was spoken.</summary>
    Translate,
}

/// <summary>How an engine goes through a recording, where it has the choice (Whisper's models do).</summary>
public enum RecordingMode
{
    /// <summary>Neighbouring segments share a pass of the model, and passes are batched.</summary>
    Fast,

    /// <summary>One pass after the other, each knowing the text before it.</summary>
    Accurate,
}

/// <summary>What is asked of an engine for a recording.</summary>
/// <param name="Language">The language spoken, as its two-letter code; null: the engine finds out, where it knows several.</param>
/// <param name="Task">Transcribe, or translate into English.</param>
/// <param name="Mode">How to go through it.</param>
/// <param name="BatchSize">Passes at once, 1 … 64; null: as many as this machine has threads and memory for.</param>
public sealed record RecordingOptions(
    string? Language = null, SpeechTask Task = SpeechTask.Transcribe, RecordingMode Mode = RecordingMode.Fast, int? BatchSize = null);
