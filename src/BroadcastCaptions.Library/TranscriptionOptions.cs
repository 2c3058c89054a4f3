using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Recordings;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Library;

/// <summary>What is wanted of a recording.</summary>
public sealed record TranscriptionOptions
{
    /// <summary>The language spoken, as its two-letter code ("en"); null: the model finds out, where it knows several.</summary>
    public string? Language { get; init; }

    /// <summary>Transcribe, or translate into English.</summary>
    public SpeechTask Task { get; init; }

    /// <summary>How models that have the choice go through a recording.</summary>
    public RecordingMode Mode { get; init; }

    /// <summary>Passes of the model at once, 1 … 64, for models that can; null: what suits the machine.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Words that must not appear; null: every word appears as it was said.</summary>
    public BlockListOptions? BlockList { get; init; }

    /// <summary>Where to begin: what lies before is not heard. Times count from the recording's own begin all the same.</summary>
    public MediaTime From { get; init; }

    internal RecordingOptions ToRecording() => new(Language, Task, Mode, BatchSize);
}
