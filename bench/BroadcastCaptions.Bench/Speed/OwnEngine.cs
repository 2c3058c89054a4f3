using System.Diagnostics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Platform;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>The product's engine over a list of jobs.</summary>
internal static class OwnEngine
{
    private const int WarmUp = 3; // jobs

    /// <summary>Folder of a model that was fetched.</summary>
    public static string Folder(string model) => Path.Combine(AppFolders.Cache, "models", model);

    /// <summary>Recognises every job.</summary>
    public static EngineRun Run(JobList list, string model, int threads)
    {
        NativeHeap.KeepMuch(); // as 'captions transcribe' does
        using var engine = new MoonshineModel(MoonshineFiles.In(Folder(model)), new ModelOptions { Threads = threads });
        var files = list.Jobs.Select(job => job.Samples).Distinct().ToDictionary(path => path, path => list.Jobs.First(job => job.Samples == path).Read());
        foreach (var job in list.Jobs.Take(WarmUp)) Recognize(engine, job, files[job.Samples]);
        using var process = Process.GetCurrentProcess();
        var (cpu, began) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        var texts = list.Jobs.Select(job => Recognize(engine, job, files[job.Samples])).ToArray();
        var wall = Stopwatch.GetElapsedTime(began).TotalSeconds;
        process.Refresh();
        return new EngineRun(wall, (process.TotalProcessorTime - cpu).TotalSeconds, texts);
    }

    private static string Recognize(MoonshineModel engine, Job job, float[] samples)
    {
        IReadOnlyList<ScoredToken> previous = [];
        var words = "";
        for (var i = 0; i < job.Calls.Count; i++)
        {
            var text = engine.Recognize(samples.AsSpan(job.Start, job.Calls[i].Length), job.Calls[i].Sure, previous);
            previous = text.Tokens;
            if (i + 1 == job.Calls.Count) words = string.Join(' ', text.Words.Select(word => word.Text));
        }

        return words;
    }
}
