using System.CommandLine;
using BroadcastCaptions.Bench.Speed;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Moonshine;

namespace BroadcastCaptions.Bench.Noise;

/// <summary>bench/noise: words where nobody speaks, and word errors with the same sound under speech.</summary>
internal static class NoiseCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Model, already fetched.", DefaultValueFactory = _ => "moonshine-tiny" };
        var list = new Option<bool>("--list") { Description = "List what was invented, and over which file." };
        var speech = new Option<bool>("--speech") { Description = "Only speech, clean and in noise." };
        var finals = new Option<bool>("--finals") { Description = "Without partials: faster, and only what files would hold." };
        var command = new Command("noise", "An hour of music, effects and game sound without speech from Debian's games: words that were invented; then the same under eval/'s speech at 20, 10 and 5 dB: word errors.") { model, list, finals, speech };
        command.SetAction(async (result, _) =>
        {
            using var vad = new SileroVad(Path.Combine(OwnEngine.Folder("silero-vad-v6"), "silero_vad_v6.onnx"));
            using var recogniser = new MoonshineModel(MoonshineFiles.In(OwnEngine.Folder(result.GetValue(model)!)), new ModelOptions());
            var sounds = await SoundMaker.AllAsync();
            if (sounds.Count == 0) return 1;
            Console.WriteLine($"{result.GetValue(model)}, policy steady; {Machine.Describe()}");
            if (!result.GetValue(speech)) InventedWords.Report(sounds, recogniser, vad, !result.GetValue(finals), result.GetValue(list));
            await SpeechInNoise.ReportAsync(sounds, recogniser, vad);
            return 0;
        });
        return command;
    }
}
