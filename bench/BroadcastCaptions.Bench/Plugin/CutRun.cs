using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Measurement;
using BroadcastCaptions.TestKit.Obs;

namespace BroadcastCaptions.Bench.Plugin;

/// <summary>From the moment at which viewers stop hearing a speaker to the last word of what they had heard.</summary>
internal static class CutRun
{
    private const int Times = 12;
    private const string Key = "F9";

    /// <summary>Lets go of push-to-talk, then mutes, in the middle of speech; the words on screen must soon be those of the final.</summary>
    public static async Task MeasureAsync(PluginRig rig, double seconds)
    {
        await rig.Obs.AddFilterAsync(PluginRig.First);
        await rig.PushToTalkAsync(Key);
        rig.Harness.PressKey(Key, down: true);
        await CutAsync(rig, "push-to-talk let go", off =>
        {
            rig.Harness.PressKey(Key, down: !off);
            return Task.CompletedTask;
        });
        rig.Harness.PressKey(Key, down: true);
        await CutAsync(rig, "muted", off => rig.Obs.MuteAsync(PluginRig.First, off));
        rig.Harness.PressKey(Key, down: false);
    }

    private static async Task CutAsync(PluginRig rig, string how, Func<bool, Task> cut)
    {
        await using var captions = await rig.CaptionAsync();
        await using var watch = await rig.WatchAsync();
        var (words, finals) = (new List<double>(), new List<double>());
        for (var time = 0; time < Times; time++)
        {
            await PluginRig.WordsAsync(watch);
            await Task.Delay(TimeSpan.FromMilliseconds(170 * (time % 5)));
            var before = captions.Of("final").Count();
            await cut(true);
            var muted = MonitorRecording.Now;
            while (captions.Of("final").Count() == before && MonitorRecording.Now < muted + 3) await Task.Delay(2);
            if (captions.Of("final").Count() > before) finals.Add(MonitorRecording.Now - muted);
            await Task.Delay(TimeSpan.FromSeconds(2));
            words.Add(LastWords(watch, muted));
            await cut(false);
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        Console.WriteLine($"{how} in the middle of speech → the last change of words in OBS: {DelayText.Of(new Delays(words))}");
        Console.WriteLine($"{how} in the middle of speech → the final's event: {DelayText.Of(new Delays(finals))}");
    }

    // The last text that brought words; when they leave the screen later, none comes.
    private static double LastWords(ScreenWatch watch, double muted)
    {
        var last = 0.0;
        var before = SpokenWords.Of("");
        foreach (var (at, text) in watch.Seen)
        {
            var now = SpokenWords.Of(text);
            if (at > muted && now.Count > 0 && !now.SequenceEqual(before)) last = at - muted;
            before = now;
        }

        return last;
    }
}
