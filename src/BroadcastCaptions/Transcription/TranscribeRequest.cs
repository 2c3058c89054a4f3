using BroadcastCaptions.Captions;
using BroadcastCaptions.Library;
using BroadcastCaptions.Options;

namespace BroadcastCaptions.Transcription;

/// <summary>What the user asked 'captions transcribe' for.</summary>
/// <param name="Inputs">Files and folders.</param>
/// <param name="Folder">Where the caption files go; null: beside the recordings.</param>
/// <param name="Formats">Their kinds.</param>
/// <param name="Overwrite">Make files anew that are there already.</param>
/// <param name="Json">One document of results to standard output.</param>
/// <param name="Options">The options.</param>
/// <param name="Wanted">Language, task, mode, and words that must not appear.</param>
internal sealed record TranscribeRequest(
    IReadOnlyList<string> Inputs, string? Folder, IReadOnlyList<CaptionFormat> Formats, bool Overwrite, bool Json, CaptionsOptions Options,
    TranscriptionOptions Wanted);
