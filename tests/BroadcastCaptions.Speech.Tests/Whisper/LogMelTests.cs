using System.Runtime.InteropServices;
using System.Text.Json;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Speech.Tests.Whisper;

public sealed class LogMelTests
{
    private const int Frames = 3000;

    [Fact]
    public async Task Features_are_the_references()
    {
        if (Places.InShared("golden", "mel.json") is not { } index) return; // not beside this checkout
        using var cases = JsonDocument.Parse(await File.ReadAllTextAsync(index));
        foreach (var entry in cases.RootElement.EnumerateArray())
        {
            var mels = entry.GetProperty("mels").GetInt32();
            var expected = Floats(entry.GetProperty("data").GetString()!);
            var kept = entry.GetProperty("shape")[1].GetInt32();
            var mel = new LogMel(mels, Frames);
            mel.Listen(await Ffmpeg.SamplesAsync(Places.InShared("eval", entry.GetProperty("file").GetString()!)!));
            var actual = new float[mels * Frames];
            mel.Write(actual, Frames);

            var worst = 0f;
            for (var band = 0; band < mels; band++)
            {
                for (var frame = 0; frame < kept; frame++)
                    worst = Math.Max(worst, Math.Abs(expected[(band * kept) + frame] - actual[(band * Frames) + frame]));
                for (var frame = kept; frame < Frames; frame++)
                    worst = Math.Max(worst, Math.Abs(entry.GetProperty("tail").GetSingle() - actual[(band * Frames) + frame]));
            }

            Assert.InRange(worst, 0, 1e-4f);
        }
    }

    [Theory]
    [InlineData(80)]
    [InlineData(128)]
    public void Filters_are_the_references(int mels)
    {
        if (Places.InShared("golden", $"mel_filters{mels}.f32") is null) return;
        var expected = Floats($"mel_filters{mels}.f32");
        var filters = new MelFilters(mels, PowerSpectra.Bins);
        for (var band = 0; band < mels; band++)
            for (var bin = 0; bin < PowerSpectra.Bins; bin++)
            {
                var at = bin - filters.First[band];
                var weight = at >= 0 && at < filters.Weights[band].Length ? filters.Weights[band][at] : 0;
                Assert.Equal(expected[(band * PowerSpectra.Bins) + bin], weight, 1e-7f);
            }
    }

    [Fact]
    public void A_tone_sounds_in_its_band_with_its_power()
    {
        var mel = new LogMel(80, 200);
        mel.Listen(Tone(1000, 16_000));
        var features = new float[80 * 200];
        mel.Write(features, 200);

        var column = Enumerable.Range(0, 80).Select(band => features[(band * 200) + 50]).ToArray();
        var loudest = Array.IndexOf(column, column.Max());
        var filters = new MelFilters(80, PowerSpectra.Bins);
        Assert.InRange(1000 / 40, filters.First[loudest], filters.First[loudest] + filters.Weights[loudest].Length - 1);
        // A sine of amplitude 0.5 under Hann's window: (400 · 0.5 / 4)² in its bin, less beside it.
        Assert.Equal((Math.Log10(2500 * filters.Weights[loudest].Max()) + 4) / 4, column.Max(), 0.06);
        Assert.Equal(column.Max() - 2, features[150], 1e-5); // silence: 8 decades below the loudest
    }

    [Fact]
    public void A_growing_segment_costs_its_new_frames_and_sounds_the_same()
    {
        var samples = Tone(440, 20_000);
        for (var i = 0; i < samples.Length; i++) samples[i] *= MathF.Sin(i * 0.001f);
        var (growing, whole) = (new LogMel(80, 400), new LogMel(80, 400));
        for (var length = 4_000; length <= samples.Length; length += 1_600) growing.Listen(samples.AsSpan(0, length));
        whole.Listen(samples);

        Assert.Equal(Written(whole), Written(growing));
        Assert.InRange(growing.Computed, whole.Computed, whole.Computed + (11 * (PowerSpectra.Lanes + 4)));
        growing.Listen(Tone(300, 8_000));
        whole = new(80, 400);
        whole.Listen(Tone(300, 8_000));
        Assert.Equal(Written(whole), Written(growing));
    }

    [Fact]
    public void It_allocates_nothing()
    {
        var (a, b) = (Tone(440, 8_000), Tone(500, 8_000));
        var features = new float[80 * 100];
        var mel = new LogMel(80, 100);
        Assert.Equal(0, Allocations.Of(() =>
        {
            mel.Listen(a);
            mel.Listen(b);
            mel.Write(features, 100);
        }));
    }

    private static float[] Written(LogMel mel)
    {
        var features = new float[80 * mel.WindowFrames];
        mel.Write(features, mel.WindowFrames);
        return features;
    }

    private static float[] Tone(double hertz, int samples) =>
        [.. Enumerable.Range(0, samples).Select(i => (float)(0.5 * Math.Sin(2 * Math.PI * hertz * i / 16_000)))];

    private static float[] Floats(string file) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Places.InShared("golden", file)!)).ToArray();
}
