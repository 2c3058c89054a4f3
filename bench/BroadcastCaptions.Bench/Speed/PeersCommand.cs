using System.CommandLine;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>bench/peers: our engine and sherpa-onnx on the same audio, model files and threads, in turn.</summary>
internal static class PeersCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var modules = new Option<string>("--modules") { Description = "node_modules with sherpa-onnx-node.", Required = true };
        var stream = new Option<bool>("--stream") { Description = "Segments while they grow, each partial anew, instead of whole files." };
        var beginnings = new Option<int>("--beginnings") { Description = $"{SilentBeginning.Description} Of whole files.", DefaultValueFactory = _ => 1 };
        var set = new SetOptions();
        var engine = new EngineOptions();
        var command = new Command("peers", "Our engine beside sherpa-onnx, A B A B: English speech up to 35 s.") { modules, stream, beginnings };
        set.AddTo(command);
        engine.AddTo(command);
        command.SetAction(async (result, _) =>
        {
            using var folder = new TemporaryFolder();
            var files = set.Files(result);
            var list = result.GetValue(stream) ? await SpeedCommand.StreamedAsync(files, engine.Speech(result), folder) : await Planner.WholeAsync(files, result.GetValue(beginnings), folder);
            var contest = new Contest(list, files, engine.Model(result), engine.Threads(result), new SherpaEngine(Path.GetFullPath(result.GetValue(modules)!)));
            await contest.RunAsync(engine.Rounds(result), folder);
        });
        return command;
    }
}
