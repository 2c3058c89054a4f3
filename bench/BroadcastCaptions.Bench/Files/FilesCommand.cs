using System.CommandLine;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Files;

/// <summary>bench/files: how fast are recordings transcribed, and does a long one cost more memory than a short one?</summary>
internal static class FilesCommand
{
    private const double ShortMinutes = 5;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "Length of the long recording (default 20; 0 leaves it out).", DefaultValueFactory = _ => 20 };
        var models = new Option<string[]>("--model") { Description = "Models, one after the other (default moonshine-tiny).", DefaultValueFactory = _ => ["moonshine-tiny"] };
        var threads = new Option<int>("--threads") { Description = "Threads of one inference (default 2).", DefaultValueFactory = _ => 2 };
        var command = new Command("files", "Runs 'captions transcribe' on a recording of five minutes and on a long one, both put together from the evaluation set: speed and most resident memory.")
        {
            minutes, models, threads,
        };
        command.SetAction(async (result, cancellation) =>
        {
            using var folder = new TemporaryFolder();
            var lengths = ((double[])[ShortMinutes, result.GetValue(minutes)]).Where(length => length > 0).ToArray();
            var first = folder["first.wav"]; // captions are written beside it
            File.Copy(SpeechSet.Kept[0].Path, first);
            foreach (var length in lengths) await LongRecording.WriteAsync(Name(folder, length), TimeSpan.FromMinutes(length), cancellation);
            Console.WriteLine($"captions transcribe --threads {result.GetValue(threads)}; {Machine.Describe()}");
            foreach (var model in result.GetValue(models)!)
            {
                await FilesRun.OfAsync(first, model, result.GetValue(threads)); // the first start prepares the model, in twice the memory
                var runs = new List<FilesRun>();
                foreach (var length in lengths) runs.Add(await FilesRun.OfAsync(Name(folder, length), model, result.GetValue(threads)));
                foreach (var run in runs) Console.WriteLine($"{model}: {run}");
                if (runs.Count > 1) Console.WriteLine($"{model}: most resident memory, long to short: {100.0 * runs[^1].Peak / runs[0].Peak - 100:+0.0;-0.0} %");
            }

            return 0;
        });
        return command;
    }

    private static string Name(TemporaryFolder folder, double minutes) => folder[$"{minutes:0.##} minutes.wav"];
}
