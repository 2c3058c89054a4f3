using BroadcastCaptions.Library;

namespace BroadcastCaptions.Transcription;

/// <summary>What must be the same for an interrupted run to go on.</summary>
internal sealed record JournalKey(int V, string File, long Bytes, DateTime Modified, string Model, string? Language, string Task, string Mode, string? Told = null, int BeamSize = 1)
{
    /// <summary>The key of a recording that is about to be heard.</summary>
    public static JournalKey Of(Job job, string model, TranscriptionOptions wanted)
    {
        var file = new FileInfo(job.Path);
        return new(1, job.Name, file.Length, file.LastWriteTimeUtc, model, wanted.Language, wanted.Task.ToString(), wanted.Mode.ToString(), WhatIsTold(wanted), wanted.BeamSize);
    }

    private static string? WhatIsTold(TranscriptionOptions wanted) =>
        wanted.Prompt is null && wanted.Keyterms.Count == 0 ? null : string.Join('\n', [.. wanted.Keyterms, wanted.Prompt ?? ""]);
}
