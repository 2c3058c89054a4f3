using System.Globalization;
using BroadcastCaptions.Terminal;
using Spectre.Console;

namespace BroadcastCaptions.Transcription;

/// <summary>Says what came of jobs.</summary>
internal static class Outcome
{
    /// <summary>A job goes on where an earlier run was interrupted, or cannot.</summary>
    public static void GoesOn(Job job, Journal journal)
    {
        if (journal.End.Seconds > 0) Screen.Console.WriteLine($"{job.Name} goes on at {journal.End}, where an earlier run was interrupted.");
        else if (journal.WasOther) Screen.Console.WriteLine($"{job.Name} begins anew: an earlier run was interrupted, but it had other settings, or the file has changed.");
    }

    /// <summary>One job.</summary>
    public static void Write(JobResult result)
    {
        var name = result.Job.Name;
        var outputs = string.Join(", ", result.Outputs.Select(Short));
        if (result.Warning is { } warning) Screen.Console.MarkupLineInterpolated($"[yellow]{warning}[/]");
        switch (result.State)
        {
            case JobState.Done:
                var silent = result.Language is null ? " Nobody speaks in it." : "";
                Screen.Console.WriteLine(Text($"{name} → {outputs} ({result.Heard:0.0} s in {result.Took:0.0} s: {result.Speed:0} × real time).{silent}"));
                break;
            case JobState.Skipped:
                Screen.Console.WriteLine($"{name} skipped: {outputs} {(result.Outputs.Count == 1 ? "is" : "are")} there already (--overwrite makes them anew).");
                break;
            case JobState.Interrupted:
                Screen.Console.WriteLine($"{name} interrupted; the same command goes on where it was.");
                break;
            default:
                Screen.Console.MarkupLineInterpolated($"[red]{result.Failure!.Message}[/]");
                Screen.Console.MarkupLineInterpolated($"{result.Failure.Remedy}");
                break;
        }
    }

    /// <summary>All of them.</summary>
    public static void Sum(IReadOnlyList<JobResult> results, int jobs, double took)
    {
        int Count(JobState state) => results.Count(result => result.State == state);
        string[] parts =
        [
            $"{Count(JobState.Done)} done", .. Count(JobState.Skipped) is > 0 and var skipped ? [$"{skipped} skipped"] : Array.Empty<string>(),
            .. Count(JobState.Failed) is > 0 and var failed ? [$"{failed} failed"] : Array.Empty<string>(),
            .. jobs - results.Count + Count(JobState.Interrupted) is > 0 and var left ? [$"{left} not done"] : Array.Empty<string>(),
        ];
        Screen.Console.WriteLine(Text($"{jobs} files: {string.Join(", ", parts)}; {results.Sum(result => result.Heard):0} s of recordings in {took:0.0} s."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Short(string path) => Path.GetRelativePath(Environment.CurrentDirectory, path) is var below && below.StartsWith("..", StringComparison.Ordinal) ? path : below;
}
