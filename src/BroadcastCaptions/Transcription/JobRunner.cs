using BroadcastCaptions.Captions;
using BroadcastCaptions.Captions.Filters;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Library;
using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Transcription;

/// <summary>Runs one job: recognises into the journal, then makes the caption files from it, each complete before it has its name.</summary>
internal sealed class JobRunner(Transcriber transcriber, TranscriptionOptions wanted, ITextFilter filter, TimeProvider time)
{
    /// <summary>Runs a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="formats">The kinds of caption files to make.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="began">Told where a run goes on that was interrupted before, or that it cannot.</param>
    /// <param name="finals">Takes the finals once all are there, before the journal goes; they are read from the disk.</param>
    /// <param name="cancellation">Ends it; the journal stays.</param>
    /// <exception cref="CaptionsException">The recording cannot be read, or a file not be written.</exception>
    public async Task<JobResult> RunAsync(
        Job job, IReadOnlyList<CaptionFormat> formats, IProgress<TranscriptionProgress> progress, Action<Journal> began,
        Action<JobResult, IEnumerable<Transcript>> finals, CancellationToken cancellation)
    {
        await using var recording = await Recording.OpenAsync(job.Path, cancellation: cancellation);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(job.Stem))!);
            using var journal = Journal.Open(job.JournalPath, JournalKey.Of(job, transcriber.Model, wanted));
            began(journal);
            var (from, start) = (journal.End, time.GetTimestamp());
            await foreach (var final in transcriber.StreamAsync(recording, wanted with { From = from }, progress, cancellation)) journal.Add(final);
            var language = LanguageOf(journal);
            var facts = new RecordingFacts(job.Name, recording.Position, language, transcriber.Model);
            foreach (var format in formats) CaptionFile.Write(job.Output(format), format, Shown(journal), facts);
            var result = new JobResult(
                job, JobState.Done, [.. job.Formats.Select(job.Output)], recording.Position, recording.Position - from.Seconds,
                time.GetElapsedTime(start).TotalSeconds, language, recording.Warning);
            finals(result, Shown(journal));
            journal.Delete();
            return result;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WriteFailures.Of(job.Stem, e);
        }
    }

    private IEnumerable<Transcript> Shown(Journal journal) => journal.Finals().Select(filter.Apply).Where(final => final.Words.Count > 0);

    private static string? LanguageOf(Journal journal) => journal.Finals()
        .AggregateBy(final => final.Language, 0, (words, final) => words + final.Words.Count).OrderByDescending(language => language.Value)
        .Select(language => language.Key).FirstOrDefault();
}
