using System.Diagnostics;
using BroadcastCaptions.Audio;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Session;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Diagnosis;

/// <summary>Measures how long this machine takes to recognise the bundled recording, finals only.</summary>
internal static class SpeedTest
{
    private const double Seconds = 15;

    /// <summary>Seconds of work per second of audio.</summary>
    public static async Task<double> RunAsync(Engine engine, CancellationToken cancellation)
    {
        var options = new CaptionsOptions { Display = { Policy = DisplayPolicy.FinalOnly } };
        using var recognizer = engine.CreateRecognizer(options, new Counters(), TimeProvider.System);
        await using var tap = TapFactory.Create(TapSpec.Parse($"file:{DemoRecording.Path}"), TapPace.Fast);
        var lane = recognizer.AddSource(tap.Source);
        var frames = new SpeechFrames(tap);
        await tap.StartAsync(new MediaClock(new AudioDrivenTime()), cancellation);
        var watch = Stopwatch.StartNew();
        var heard = MediaTime.Zero;
        while (heard.Seconds < Seconds && !frames.IsCompleted)
        {
            if (!frames.TryRead(out var frame)) continue;
            lane.Accept(frame);
            heard = frame.Start;
            while (recognizer.TryServe(out _)) cancellation.ThrowIfCancellationRequested();
        }

        return watch.Elapsed.TotalSeconds / Math.Max(1, heard.Seconds);
    }
}
