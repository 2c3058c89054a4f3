using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>Two engines in turn over the same jobs: what else the machine does meets both alike.</summary>
internal sealed class Contest(JobList list, IReadOnlyList<SpeechFile> files, string model, int threads, SherpaEngine peer)
{
    /// <summary>Runs the rounds and prints the ratios.</summary>
    public async Task RunAsync(int rounds, TemporaryFolder folder)
    {
        var jobs = folder["jobs.json"];
        await list.WriteAsync(jobs);
        var audio = list.Hearings * files.Sum(file => file.Seconds);
        Console.WriteLine($"{model}, {threads} thread(s), {files.Count} files, {audio:0.0} s, {list.Jobs.Count} jobs, {list.Jobs.Sum(job => job.Calls.Count)} recognitions; {Machine.Describe()}");
        var (ours, theirs) = (new List<EngineRun>(), new List<EngineRun>());
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(EngineRun.Parse(await Child.OutputAsync([Environment.ProcessPath!, "engine", jobs, "--model", model, "--threads", $"{threads}"])));
            theirs.Add(await peer.RunAsync(jobs, OwnEngine.Folder(model), threads, folder));
        }

        Console.WriteLine($"  {rounds} rounds, in turn; minimum / median / maximum");
        Describe("ours", ours, audio);
        Describe("sherpa-onnx", theirs, audio);
        Console.WriteLine($"  ratio        time {Ratio(ours, theirs, run => run.Wall)}   CPU {Ratio(ours, theirs, run => run.Cpu)}");
    }

    private static string Ratio(IEnumerable<EngineRun> ours, IEnumerable<EngineRun> theirs, Func<EngineRun, double> of) =>
        Spread.Of(ours.Zip(theirs, (a, b) => of(a) / of(b))).ToString("0.000");

    private void Describe(string name, List<EngineRun> runs, double audio)
    {
        var errors = runs[0].Errors(list, files);
        Console.WriteLine($"  {name,-12} RTF {Spread.Of(runs.Select(run => run.Wall / audio)).ToString("0.00000")}   CPU s {Spread.Of(runs.Select(run => run.Cpu)).ToString("0.00")}   "
            + $"WER {errors.Percent:0.00} % of {errors.Words} words, {errors.Empty} empty");
    }
}
