using System.CommandLine;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>bench/peers: our engine and sherpa-onnx on the same audio, model files and threads, in turn.</summary>
internal static class PeersCommand
{
    private const double PartialEvery = 0.2; // what the peer is asked for too
    private const double LongestSegment = 8;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var modules = new Option<string>("--modules") { Description = "node_modules with sherpa-onnx-node.", Required = true };
        var model = new Option<string>("--model") { Description = "Model, already fetched.", DefaultValueFactory = _ => "moonshine-tiny" };
        var threads = new Option<int>("--threads") { Description = "Threads of one inference.", DefaultValueFactory = _ => 1 };
        var rounds = new Option<int>("--rounds") { Description = "How often each engine runs, in turn.", DefaultValueFactory = _ => 5 };
        var stream = new Option<bool>("--stream") { Description = $"Segments of up to {LongestSegment} s with a partial every {PartialEvery} s, instead of whole files." };
        var every = new Option<int>("--every") { Description = "Only every so-manyth file: the peer needs minutes to stream them all.", DefaultValueFactory = _ => 1 };
        var command = new Command("peers", "Our engine beside sherpa-onnx, A B A B: eval/'s English up to 35 s.") { modules, model, threads, rounds, stream, every };
        command.SetAction(async (result, _) =>
        {
            using var folder = new TemporaryFolder();
            var step = Math.Max(1, result.GetValue(every));
            var set = SpeechSet.Judged().Where((_, i) => i % step == 0).ToArray();
            var list = result.GetValue(stream) ? await StreamedAsync(set, folder) : await Planner.WholeAsync(set, folder);
            var contest = new Contest(list, set, result.GetValue(model)!, result.GetValue(threads), new SherpaEngine(Path.GetFullPath(result.GetValue(modules)!)));
            await contest.RunAsync(result.GetValue(rounds), folder);
        });
        return command;
    }

    private static async Task<JobList> StreamedAsync(IEnumerable<SpeechFile> files, TemporaryFolder folder)
    {
        using var vad = new SileroVad(Path.Combine(OwnEngine.Folder("silero-vad-v6"), "silero_vad_v6.onnx"));
        return await Planner.StreamedAsync(files, vad, new SpeechOptions { PartialEvery = PartialEvery, MaximumSegment = LongestSegment }, folder);
    }
}
