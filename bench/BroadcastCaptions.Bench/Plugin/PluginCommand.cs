using System.CommandLine;

namespace BroadcastCaptions.Bench.Plugin;

/// <summary>bench/plugin: what the plug-in costs OBS's audio threads, and how quickly it clears, cuts off, comes back and shows words.</summary>
internal static class PluginCommand
{
    private static readonly Dictionary<string, Func<PluginRig, double, Task>> Parts = new()
    {
        ["cost"] = CostRun.MeasureAsync,
        ["clear"] = ClearRun.MeasureAsync,
        ["cut"] = CutRun.MeasureAsync,
        ["resume"] = ResumeRun.MeasureAsync,
        ["emission"] = EmissionRun.MeasureAsync,
    };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var only = new Option<string[]>("--only") { Description = $"Some of: {string.Join(", ", Parts.Keys)} (default: all).", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. Parts.Keys]);
        var seconds = new Option<double>("--seconds") { Description = "How long each cost is measured (default 40); the pause of a stopped captioner is 30 s whatever it is.", DefaultValueFactory = _ => 40 };
        var command = new Command("plugin", "Runs the plug-in in a real OBS: cost of each block on its audio threads, clear → empty screen, cut → last word, captioner back → captions, words' latency through filter and monitor.") { only, seconds };
        command.SetAction(async (result, _) =>
        {
            Console.WriteLine(Machine.Describe());
            foreach (var part in result.GetValue(only) is { Length: > 0 } some ? some : [.. Parts.Keys])
            {
                await using var rig = await PluginRig.StartAsync();
                await Parts[part](rig, result.GetValue(seconds));
            }

            return 0;
        });
        return command;
    }
}
