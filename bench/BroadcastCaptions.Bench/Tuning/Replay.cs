using BroadcastCaptions.Audio;
using BroadcastCaptions.Captions.RollUp;
using BroadcastCaptions.Events;
using BroadcastCaptions.Measure;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Bench.Tuning;

/// <summary>What the recogniser said of one file, and when, had it been live: audio time passes, computing takes what it took.</summary>
/// <param name="Source">Who was heard.</param>
/// <param name="Recognitions">The answers with the second at which each was there.</param>
/// <param name="Computed">Seconds that all answers took.</param>
internal sealed record Replay(AudioSource Source, IReadOnlyList<(double At, Recognition Recognition)> Recognitions, double Computed)
{
    /// <summary>What lies between a word in the air and the recogniser, and between the recogniser and the screen; measured: 0.06 s.</summary>
    private const double TapAndObs = 0.06;

    private const int FrameSamples = 320; // 20 ms, as taps deliver
    private const double Rate = 16000;

    /// <summary>Recognises a file as if it were live.</summary>
    /// <param name="samples">16 kHz mono.</param>
    /// <param name="model">The model.</param>
    /// <param name="vad">The detector.</param>
    /// <param name="options">How segments are cut.</param>
    /// <param name="partials">Also while segments grow?</param>
    /// <param name="cost">Seconds that an answer is said to take, and again for each second that is heard; null: what it takes. The same on every machine, however busy.</param>
    public static Replay Of(float[] samples, ISpeechModel model, SileroVad vad, SpeechOptions options, bool partials, double? cost = null)
    {
        using var charged = cost is { } each ? new ChargedModel(model, each) : null;
        var clock = charged ?? TimeProvider.System;
        using var recognizer = new StreamingRecognizer(charged ?? model, vad.CreateDetector, options, new Counters()) { Partials = partials, Time = clock };
        var source = new AudioSource("file");
        var lane = recognizer.AddSource(source);
        var answers = new List<(double, Recognition)>();
        double now = 0, computed = 0;
        var fed = 0;
        void Serve(bool all)
        {
            for (var more = true; more;)
            {
                var began = clock.GetTimestamp();
                if (!recognizer.TryServe(out var recognition)) return;
                var took = clock.GetElapsedTime(began).TotalSeconds;
                (now, computed) = (now + took, computed + took);
                answers.Add((now, recognition));
                more = all;
            }
        }

        while (fed < samples.Length)
        {
            now = Math.Max(now, Math.Min(samples.Length, fed + FrameSamples) / Rate);
            for (; fed < samples.Length && Math.Min(samples.Length, fed + FrameSamples) / Rate <= now; fed += FrameSamples)
                lane.Accept(new AudioFrame(MediaTime.FromSamples(fed, (int)Rate), AudioFormat.Speech, samples.AsSpan(fed, Math.Min(FrameSamples, samples.Length - fed))));
            Serve(all: false);
        }

        lane.Close(MediaTime.FromSamples(samples.Length, (int)Rate));
        Serve(all: true);
        return new(source, answers, computed);
    }

    /// <summary>The finals' text.</summary>
    public string Text => string.Join(' ', Recognitions.Where(answer => answer.Recognition.IsFinal).Select(answer => string.Join(' ', answer.Recognition.Hypothesis.Words.Select(word => word.Text))));

    /// <summary>The words of each segment as viewers had them when its final came, rolled off or not.</summary>
    /// <param name="options">The display policy.</param>
    public string ShownAtFinals(DisplayOptions options)
    {
        var stabilizer = new Stabilizer(options);
        return string.Join(' ', Recognitions.Select(answer => stabilizer.Next(answer.Recognition)).Where(shown => shown is { IsFinal: true }).Select(shown => shown!.Text));
    }

    /// <summary>What a screen would have shown of it.</summary>
    /// <param name="options">The display policy.</param>
    /// <param name="begin">Seconds at which the file began.</param>
    public IReadOnlyList<ShownText> Shown(DisplayOptions options, double begin)
    {
        var stabilizer = new Stabilizer(options);
        var formatter = new RollUpFormatter(options, [Source]);
        var shown = new List<ShownText>();
        foreach (var (at, recognition) in Recognitions)
            if (stabilizer.Next(recognition) is { } transcript)
                foreach (var change in formatter.Accept(transcript, MediaTime.Zero.Plus(at)))
                    shown.Add(new(at + TapAndObs - begin, change is CueEvent cue ? SpokenWords.Of(string.Join(' ', cue.Cue.Lines.Select(line => line.Text))) : []));
        return shown;
    }
}
