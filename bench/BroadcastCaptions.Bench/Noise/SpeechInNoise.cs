using System.Numerics.Tensors;
using BroadcastCaptions.Measure;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Noise;

/// <summary>Word errors of speech with game sound under it.</summary>
internal static class SpeechInNoise
{
    /// <summary>Prints word errors, clean and at each distance.</summary>
    public static async Task ReportAsync(IReadOnlyList<Sound> sounds, ISpeechModel model, SileroVad vad)
    {
        var speech = new List<(SpeechFile File, float[] Samples)>();
        foreach (var file in SpeechSet.Judged()) speech.Add((file, await Ffmpeg.SamplesAsync(file.Path)));
        if (speech.Count == 0)
        {
            Console.WriteLine($"  speech in noise: not measured, eval/ is not beside the checkout ({Places.SharedVariable} names another place)");
            return;
        }

        foreach (double? decibels in (double?[])[null, 20, 10, 5])
        {
            var listener = new Listener(model, vad, partials: false);
            var sum = WordErrors.None;
            var silent = new List<string>();
            for (var i = 0; i < speech.Count; i++)
            {
                var samples = decibels is { } distance ? Mixed(speech[i].Samples, sounds[i % sounds.Count].Samples, i, distance) : speech[i].Samples;
                var text = string.Join(' ', listener.Hear(samples).Where(transcript => transcript.IsFinal).SelectMany(transcript => transcript.Recognized).Select(word => word.Text));
                var errors = WordErrors.Of(SpokenWords.Of(speech[i].File.Reference), SpokenWords.Of(text));
                if (errors.Empty > 0) silent.Add(speech[i].File.Name);
                sum += errors;
            }

            Console.WriteLine($"  speech {(decibels is null ? "clean" : $"{decibels,2} dB"),-6} {sum.Files} files {sum.Words} words WER {sum.Percent:0.00} % empty {sum.Empty} {string.Join(' ', silent)}");
            Console.WriteLine($"    {listener.Counts}");
        }
    }

    /// <summary>Speech with sound so many decibels below it: mean powers of both over the whole file.</summary>
    private static float[] Mixed(float[] speech, ReadOnlySpan<float> sound, int turn, double decibels)
    {
        var from = (int)(turn * 37L * Sound.Rate % Math.Max(1, sound.Length - speech.Length));
        var piece = sound.Slice(from, Math.Min(speech.Length, sound.Length - from));
        var (signal, noise) = (TensorPrimitives.SumOfSquares<float>(speech), TensorPrimitives.SumOfSquares(piece));
        if (noise == 0) return speech;
        var gain = (float)Math.Sqrt(signal / noise / Math.Pow(10, decibels / 10));
        var mixed = new float[speech.Length];
        for (var i = 0; i < mixed.Length; i++) mixed[i] = Math.Clamp(speech[i] + (i < piece.Length ? gain * piece[i] : 0), -1, 1);
        return mixed;
    }
}
