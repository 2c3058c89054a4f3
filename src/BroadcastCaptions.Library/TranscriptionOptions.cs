using BroadcastCaptions.Options;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Speech.Recordings;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Library;

/// <summary>What is wanted of a recording.</summary>
public sealed record TranscriptionOptions
{
    /// <summary>The language spoken, as its code, language tag or English name ("de", "de-AT", "German"), kept as its code; null: the model finds out, where it knows several.</summary>
    /// <exception cref="Failures.CaptionsException">There is no such language.</exception>
    public string? Language { get; init => field = value is null ? null : SpokenLanguage.CodeOf(value); }

    /// <summary>Transcribe, or translate into English.</summary>
    public SpeechTask Task { get; init; }

    /// <summary>How models that have the choice go through a recording.</summary>
    public RecordingMode Mode { get; init; }

    /// <summary>Passes of the model at once, 1 … 64, for models that can; null: what suits the machine.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Text that the model takes for what was said before: names, spelling, style; for models that can (Whisper's).</summary>
    public string? Prompt { get; init; }

    /// <summary>Words and names that are likely to be said, as they are to be written; for models that can (Whisper's).</summary>
    public IReadOnlyList<string> Keyterms { get; init; } = [];

    /// <summary>Texts that are pursued side by side, 1 … 10, for models that can (Whisper's): each costs as much again, for a little accuracy.</summary>
    public int BeamSize { get; init; } = 1;

    /// <summary>Words that must not appear; null: every word appears as it was said.</summary>
    public BlockListOptions? BlockList { get; init; }

    /// <summary>Where to begin: what lies before is not heard. Times count from the recording's own begin all the same.</summary>
    public MediaTime From { get; init; }

    internal RecordingOptions ToRecording() => new(Language, Task, Mode, BatchSize) { Prompt = Prompt, Keyterms = Keyterms, BeamSize = BeamSize };
}
