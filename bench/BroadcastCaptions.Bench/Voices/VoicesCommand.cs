using System.CommandLine;
using BroadcastCaptions.Bench.Speed;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Voices;

/// <summary>bench/voices: is a voice heard that comes after another one's?</summary>
internal static class VoicesCommand
{
    private const double Longest = 130; // seconds

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var noise = new Option<double?>("--noise") { Description = "White noise under it, dBFS; left out: none." };
        var pause = new Option<double>("--pause") { Description = "Seconds between two files.", DefaultValueFactory = _ => 2.5 };
        var orders = new Option<int>("--orders") { Description = "Orders to hear the files in.", DefaultValueFactory = _ => 3 };
        var command = new Command("voices", "Hears eval/'s files as one stream, in some orders: beginnings of speech that the voice detector misses, judged by one that hears each file alone.") { noise, pause, orders };
        command.SetAction(async (result, _) =>
        {
            var files = SpeechSet.Evaluation.Where(file => file.Seconds <= Longest).ToList();
            if (files.Count == 0) return Failed($"eval/ is not beside the checkout ({Places.SharedVariable} names another place).");
            var sounds = new List<(float[] Samples, bool IsVoice)>();
            foreach (var file in files) sounds.Add((await Ffmpeg.SamplesAsync(file.Path), file.Kind != "nonspeech"));
            using var vad = new SileroVad(Path.Combine(OwnEngine.Folder("silero-vad-v6"), "silero_vad_v6.onnx"));
            var heard = new Beginnings(vad, result.GetValue(pause), result.GetValue(noise));
            for (var order = 0; order < result.GetValue(orders); order++) heard.Hear(sounds, new Random(order));
            Console.WriteLine(Machine.Describe());
            Console.WriteLine($"{files.Count} files, {result.GetValue(orders)} orders, {result.GetValue(pause)} s between, {(result.GetValue(noise) is { } level ? $"noise of {level} dBFS" : "no noise")}: {heard}");
            return 0;
        });
        return command;
    }

    private static int Failed(string why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }
}
