using System.Diagnostics;
using BroadcastCaptions.Audio;
using BroadcastCaptions.Session;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Choosing;

/// <summary>Measures what a partial of a long segment costs on this machine.</summary>
internal static class SpeedProbe
{
    private const int Samples = 6 * 16_000; // a long sentence: shorter ones cost less
    private const int Rounds = 6;
    private const int NewTokens = 2; // what a partial adds to the one before
    private const double Enough = 4; // seconds: of a model that takes longer, fewer rounds tell as much

    /// <summary>Seconds for a partial. The least of some rounds: others are at work, too, and what they take is not the model's.</summary>
    public static async Task<double> MeasureAsync(ISpeechModel model, CancellationToken cancellation)
    {
        var samples = await SpeechAsync(cancellation);
        var known = model.Recognize(samples, expectWords: true, []).Tokens.SkipLast(NewTokens).ToArray();
        var (least, all) = (double.PositiveInfinity, Stopwatch.GetTimestamp());
        for (var round = 0; round < Rounds && (round == 0 || Stopwatch.GetElapsedTime(all).TotalSeconds < Enough); round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var began = Stopwatch.GetTimestamp();
            model.Recognize(samples, expectWords: true, known);
            least = Math.Min(least, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        return least;
    }

    private static async Task<float[]> SpeechAsync(CancellationToken cancellation)
    {
        await using var tap = TapFactory.Create(TapSpec.Parse($"file:{DemoRecording.Path}"), TapPace.Fast);
        var frames = new SpeechFrames(tap);
        await tap.StartAsync(new MediaClock(new AudioDrivenTime()), cancellation);
        var samples = new List<float>(Samples);
        while (samples.Count < Samples && !frames.IsCompleted)
            if (frames.TryRead(out var frame)) samples.AddRange(frame.Samples);
        return [.. samples.Take(Samples)];
    }
}
