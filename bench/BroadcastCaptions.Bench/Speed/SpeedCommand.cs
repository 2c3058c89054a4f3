using System.CommandLine;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>The engine alone, without a peer: whole files (rtf), or segments while they grow (stream).</summary>
internal static class SpeedCommand
{
    /// <summary>Seconds of processing a second of audio, whole files.</summary>
    public static Command CreateRtf() => Create(
        "rtf", "Seconds of processing a second of audio, each file recognised as a whole; and its word errors.", (set, _, folder) => Planner.WholeAsync(set, beginnings: 1, folder));

    /// <summary>The cost of partials.</summary>
    public static Command CreateStream() => Create(
        "stream", "Seconds of processing a second of audio with every partial: segments as the product cuts them.", (set, options, folder) => StreamedAsync(set, options, folder));

    /// <summary>The product's own segments, partials and finals.</summary>
    public static async Task<JobList> StreamedAsync(IEnumerable<SpeechFile> files, SpeechOptions options, TemporaryFolder folder)
    {
        using var vad = new SileroVad(Path.Combine(OwnEngine.Folder("silero-vad-v6"), "silero_vad_v6.onnx"));
        return await Planner.StreamedAsync(files, vad, options, folder);
    }

    private static Command Create(string name, string description, Func<IReadOnlyList<SpeechFile>, SpeechOptions, TemporaryFolder, Task<JobList>> plan)
    {
        var engine = new EngineOptions();
        var set = new SetOptions();
        var worst = new Option<int>("--worst") { Description = "List so many of the worst files." };
        var command = new Command(name, description) { worst };
        set.AddTo(command);
        engine.AddTo(command);
        command.SetAction(async (result, _) =>
        {
            var files = set.Files(result);
            using var folder = new TemporaryFolder();
            var list = await plan(files, engine.Speech(result), folder);
            var runs = Enumerable.Range(0, engine.Rounds(result)).Select(_ => OwnEngine.Run(list, engine.Model(result), engine.Threads(result))).ToArray();
            var audio = files.Sum(file => file.Seconds);
            var calls = list.Jobs.Sum(job => job.Calls.Count);
            Console.WriteLine($"{engine.Model(result)}, {engine.Threads(result)} thread(s), {files.Count} files, {audio:0.0} s, {list.Jobs.Count} jobs, {calls} recognitions; {Machine.Describe()}");
            Console.WriteLine($"  RTF {Spread.Of(runs.Select(run => run.Wall / audio)).ToString("0.00000")}   CPU s {Spread.Of(runs.Select(run => run.Cpu)).ToString("0.00")}   "
                + $"ms a recognition {Spread.Of(runs.Select(run => 1000 * run.Wall / calls)).ToString("0.0")}   ({runs.Length} runs: minimum / median / maximum)");
            var errors = runs[0].Errors(list, files);
            Console.WriteLine($"  WER {errors.Percent:0.00} % of {errors.Words} words, {errors.Empty} empty");
            foreach (var (file, text, edits) in runs[0].ByFile(list, files).OrderByDescending(file => file.Errors.Percent).Take(result.GetValue(worst)))
                Console.WriteLine($"    {edits.Percent,5:0} % {file.Name}: \"{text}\" for \"{file.Reference}\"");
        });
        return command;
    }
}
