using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Measurement;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Plugin;

/// <summary>From the panic button to a screen without words.</summary>
internal static class ClearRun
{
    private const int Times = 10;

    /// <summary>Measures the vendor request and the hotkey.</summary>
    public static async Task MeasureAsync(PluginRig rig, double seconds)
    {
        await using var captions = await rig.CaptionFirstAsync();
        await using var watch = await rig.WatchAsync();
        foreach (var (name, clear) in new (string, Func<Task>)[] { ("vendor request", () => rig.Obs.AskPluginAsync("clear")), ("hotkey", () => rig.Obs.PressHotkeyAsync("broadcast_captions.clear")) })
        {
            var delays = new List<double>();
            for (var time = 0; time < Times; time++)
            {
                await PluginRig.WordsAsync(watch);
                var asked = MonitorRecording.Now;
                await clear();
                double? empty = null;
                await Wait.UntilAsync(() => (empty = EmptyAfter(watch, asked)) is not null, Wait.Generous, "an empty screen");
                delays.Add(empty!.Value - asked);
                await Task.Delay(TimeSpan.FromSeconds(2));
            }

            Console.WriteLine($"clear by {name} → OBS's text is empty: {DelayText.Of(new Delays(delays))}");
        }
    }

    private static double? EmptyAfter(ScreenWatch watch, double asked)
    {
        foreach (var (at, text) in watch.Seen)
            if (at > asked && string.IsNullOrWhiteSpace(text)) return at;
        return null;
    }
}
