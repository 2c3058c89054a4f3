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
    string? Language = null, SpeechTask Task = SpeechTask.Transcribe, RecordingMode Mode = RecordingMode.Fast, int? BatchSize = null)
{
    /// <summary>Most texts that are pursued at once: beyond ten nothing is gained.</summary>
    public const int WidestBeam = 10;

    /// <summary>Text that the model is to take for what was said before: its names, its spelling, its style. null: none.</summary>
    public string? Prompt { get; init; }

    /// <summary>Words and names that are likely to be said, as they are to be written.</summary>
    public IReadOnlyList<string> Keyterms { get; init; } = [];

    /// <summary>Texts that are pursued side by side, 1 … <see cref="WidestBeam"/>; 1: the most probable token is taken each time.</summary>
    public int BeamSize { get; init; } = 1;

    /// <summary>The prompt with the keyterms, as the model is told; null where there is neither.</summary>
    public string? Told => (Prompt, Keyterms.Count) switch
    {
        (null or "", 0) => null,
        (_, 0) => Prompt,
        _ => $"{string.Join(", ", Keyterms)}. {Prompt}".Trim(),
    };
}
