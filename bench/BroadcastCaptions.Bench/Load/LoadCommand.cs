using System.CommandLine;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Bench.Load;

/// <summary>bench/load: does OBS lose frames because of us?</summary>
internal static class LoadCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var product = new ProductOptions();
        var rounds = new Option<int>("--rounds") { Description = "How often without and with, in turn.", DefaultValueFactory = _ => 2 };
        var seconds = new Option<double>("--seconds") { Description = "About how long a phase is: so many of eval/'s files with word times are played, the first ones first.", DefaultValueFactory = _ => 60 };
        var unseen = new Option<bool>("--unseen") { Description = "The captioner leaves OBS's text source alone: what recognition alone costs OBS." };
        var command = new Command("load", """
            A real OBS records (x264 at 720p30, preset ultrafast) a moving picture while speech is played: without and with captions beside it,
            A B A B. Counts the frames that OBS lagged or skipped (GetStats), the cores that each used, and with captions the latency on screen.
            """) { rounds, seconds, unseen };
        product.AddTo(command);
        command.SetAction(async (result, _) =>
        {
            var files = Files(result.GetValue(seconds));
            if (files.Count == 0)
            {
                await Console.Error.WriteLineAsync($"No file with word times: eval/ is not beside the checkout ({Places.SharedVariable} names another place).");
                return 1;
            }

            await using var studio = await Studio.StartAsync();
            var phases = new List<LoadPhase>();
            for (var i = 0; i < 2 * result.GetValue(rounds); i++)
            {
                phases.Add(await LoadPhase.RunAsync(studio, files, i % 2 == 0 ? null : product.Arguments(result), result.GetValue(unseen)));
                await Console.Error.WriteLineAsync(LoadReport.Line(phases[^1]));
            }

            LoadReport.Write(phases, product.Describe(result) + (result.GetValue(unseen) ? ", no text source" : ""));
            return 0;
        });
        return command;
    }

    /// <summary>As many files as come closest to the length that was asked for.</summary>
    private static List<SpeechFile> Files(double seconds)
    {
        var chosen = new List<SpeechFile>();
        foreach (var file in SpeechSet.Evaluation.Where(file => SpeechSet.WordTimes.ContainsKey(file.Name)).OrderBy(file => Math.Abs(file.Seconds - 30)))
            if (chosen.Count == 0 || chosen.Sum(other => other.Seconds) + (file.Seconds / 2) <= seconds) chosen.Add(file);
        return chosen;
    }
}
