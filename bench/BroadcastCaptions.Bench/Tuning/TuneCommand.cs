using System.CommandLine;
using BroadcastCaptions.Measure;
using BroadcastCaptions.Options;
using BroadcastCaptions.Platform;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Tuning;

/// <summary>bench/tune: latency, steadiness and accuracy of many settings in minutes, without OBS and without waiting.</summary>
internal static class TuneCommand
{
    /// <summary>Samples by which phases differ: no two of the first 500 fall on the same place in a window of 512.</summary>
    private const int Phase = 197;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var tries = new Argument<string[]>("settings") { Description = "Each \"name=value,name=value\" over the defaults; \"\" for the defaults themselves.", Arity = ArgumentArity.OneOrMore };
        var model = new Option<string>("--model") { Description = "Model, already fetched.", DefaultValueFactory = _ => "moonshine-tiny" };
        var words = new Option<bool>("--wer") { Description = "Also word errors over all of eval/'s judged files." };
        var live = new Option<bool>("--live") { Description = "With --wer: the files are heard as live ones, and counted also as they stood on screen at each final." };
        var show = new Option<bool>("--show") { Description = "Also print what was shown and what was heard, and when." };
        var cost = new Option<double?>("--cost") { Description = "Seconds that an answer is said to take, and again for each second it hears (0.006: about tiny, 0.012: base), so that a busy machine gives the same figures; left out: what it takes." };
        var phases = new Option<int>("--phases") { Description = "Hears each file so many times, beginning at other moments between two windows of the detector: hypotheses differ as they do from day to day.", DefaultValueFactory = _ => 1 };
        var only = new Option<string>("--file") { Description = "Only files whose name contains this.", DefaultValueFactory = _ => "" };
        var command = new Command("tune", "Simulates live captions of the files with word times, computing time counted, with other settings. Words of the screen as bench/latency counts them.") { tries, model, words, live, show, cost, phases, only };
        command.SetAction(async (result, _) =>
        {
            var folder = Path.Combine(AppFolders.Cache, "models");
            string Of(string name) => Path.Combine(folder, name);
            using var vad = new SileroVad(Path.Combine(Of("silero-vad-v6"), "silero_vad_v6.onnx"));
            using var recogniser = new MoonshineModel(MoonshineFiles.In(Of(result.GetValue(model)!)), new ModelOptions());
            var once = await LoadAsync(SpeechSet.Evaluation.Where(file => SpeechSet.WordTimes.ContainsKey(file.Name) && file.Name.Contains(result.GetValue(only)!, StringComparison.Ordinal)));
            List<(SpeechFile File, float[] Samples, int Shift)> Phased(List<(SpeechFile File, float[] Samples)> files) =>
                [.. Enumerable.Range(0, result.GetValue(phases)).SelectMany(phase => files.Select(file => (file.File, file.Samples, Shift: phase * Phase)))];
            var timed = Phased(once);
            var judged = result.GetValue(words) ? Phased(await LoadAsync(SpeechSet.Judged())) : [];
            var replays = new Dictionary<string, (Replay[] Timed, Replay[] Judged)>();
            foreach (var variant in result.GetValue(tries)!.Select(Variant.Parse))
            {
                if (!replays.TryGetValue(variant.Recognised, out var replay))
                {
                    Replay[] Heard(List<(SpeechFile File, float[] Samples, int Shift)> files, bool partials) =>
                        [.. files.Select(file => Replay.Of([.. new float[file.Shift], .. file.Samples], recogniser, vad, variant.Speech, partials, result.GetValue(cost)))];
                    replays[variant.Recognised] = replay = (Heard(timed, partials: true), Heard(judged, result.GetValue(live)));
                }

                Report(variant, timed, replay.Timed, result.GetValue(show));
                if (judged.Count == 0) continue;
                var errors = Errors(judged, replay.Judged, one => one.Text);
                Console.WriteLine($"  eval/ {errors.Percent:0.00} % of {errors.Words} ({errors.Empty} empty)");
                if (result.GetValue(live)) Console.WriteLine($"  as shown at each final {Errors(judged, replay.Judged, one => one.ShownAtFinals(variant.Display)).Percent:0.00} %");
            }
        });
        return command;
    }

    private static WordErrors Errors(List<(SpeechFile File, float[] Samples, int Shift)> files, Replay[] replays, Func<Replay, string> text) =>
        files.Zip(replays, (file, replay) => WordErrors.Of(SpokenWords.Of(file.File.Reference), SpokenWords.Of(text(replay)))).Aggregate((a, b) => a + b);

    private static async Task<List<(SpeechFile File, float[] Samples)>> LoadAsync(IEnumerable<SpeechFile> files)
    {
        var loaded = new List<(SpeechFile, float[])>();
        foreach (var file in files) loaded.Add((file, await Ffmpeg.SamplesAsync(file.Path)));
        return loaded;
    }

    private static void Report(Variant variant, List<(SpeechFile File, float[] Samples, int Shift)> files, Replay[] replays, bool show)
    {
        var (all, screen, finals) = (LatencyFigures.None, WordErrors.None, WordErrors.None);
        foreach (var ((file, _, shift), replay) in files.Zip(replays))
        {
            var shown = replay.Shown(variant.Display, shift / 16000.0);
            var unrolled = ScreenHistory.Unroll(shown);
            all += LatencyMeter.Measure(SpeechSet.WordTimes[file.Name], unrolled);
            screen += WordErrors.Of(SpokenWords.Of(file.Reference), unrolled.LastOrDefault(text => text.Words.Count > 0)?.Words ?? []);
            finals += WordErrors.Of(SpokenWords.Of(file.Reference), SpokenWords.Of(replay.Text));
            if (!show) continue;
            Console.WriteLine(file.Name);
            foreach (var text in shown) Console.WriteLine($"  {text.Seconds:0.00}\t{string.Join(' ', text.Words)}");
            foreach (var (at, heard) in replay.Recognitions)
                Console.WriteLine($"H {at - shift / 16000.0:0.00} {heard.TakenIn.Seconds - shift / 16000.0:0.00} {heard.Segment}{(heard.IsFinal ? "F" : "p")}\t{string.Join(' ', heard.Hypothesis.Words.Select(word => $"{word.Text}@{word.End.Seconds - shift / 16000.0:0.0}"))}");
        }

        var share = replays.Sum(replay => replay.Computed) / files.Sum(file => file.Samples.Length / 16000.0);
        Console.WriteLine($"""
            {(variant.Name.Length == 0 ? "defaults" : variant.Name)}
              emission {Spread(all.Emission)}; correct {Spread(all.Correct)}; stable {Spread(all.Stable)}; late {all.Emission.Seconds.Count(seconds => seconds >= 1.5)}
              NE {all.NormalisedErasure:0.00}, churn {all.Churn:0.00}; WER finals {finals.Percent:0.0} %, screen {screen.Percent:0.0} %; computing {share:0.000} of a core
            """);
    }

    private static string Spread(Delays delays) => $"{delays.Quantile(0.5):0.00} / {delays.Quantile(0.95):0.00} / {delays.Max:0.00}";
}
