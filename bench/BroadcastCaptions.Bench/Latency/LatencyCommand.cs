using System.CommandLine;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Latency;

/// <summary>bench/latency: from a word's end in the audio to its place on OBS's screen.</summary>
internal static class LatencyCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var product = new ProductOptions();
        var files = new Option<string[]>("--files") { Description = "Names in eval/words.tsv (default: all that have word times).", AllowMultipleArgumentsPerToken = true };
        var json = new Option<bool>("--json") { Description = "One JSON document on standard output." };
        var keep = new Option<string?>("--keep") { Description = "Also write what was shown (FILE.shown.tsv, for measure/latency.py) and the captioner's events into this folder." };
        var pipeWire = new Option<bool>("--pipewire") { Description = "Play and listen through PipeWire instead of PulseAudio." };
        var command = new Command("latency", "Plays files with word times into a real OBS's sound, polls what it shows, and counts as measure/latency.py does.") { files, json, keep, pipeWire };
        product.AddTo(command);
        command.SetAction(async (result, _) =>
        {
            var chosen = Chosen(result.GetValue(files) ?? []);
            if (chosen.Count == 0)
            {
                await Console.Error.WriteLineAsync($"No file with word times: eval/ is not beside the checkout ({Places.SharedVariable} names another place), or --files fits none.");
                return 1;
            }

            var run = await LatencyRun.MeasureAsync(chosen, product.Arguments(result), result.GetValue(pipeWire) ? SoundSystem.PipeWire : SoundSystem.PulseAudio, result.GetValue(keep), Console.Error);
            await LatencyReport.WriteAsync(Console.Out, run, product.Describe(result), result.GetValue(json));
            return 0;
        });
        return command;
    }

    private static IReadOnlyList<SpeechFile> Chosen(string[] names) =>
    [
        .. SpeechSet.Evaluation.Where(file => SpeechSet.WordTimes.ContainsKey(file.Name)
            && (names.Length == 0 || names.Any(name => Path.GetFileNameWithoutExtension(file.Name) == Path.GetFileNameWithoutExtension(name)))),
    ];
}
