using BroadcastCaptions.Audio;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Bench.Noise;

/// <summary>The live way from samples to what viewers read, with the product's defaults, as fast as it goes.</summary>
/// <param name="model">The model.</param>
/// <param name="vad">The detector.</param>
/// <param name="partials">Also while segments grow?</param>
internal sealed class Listener(ISpeechModel model, SileroVad vad, bool partials)
{
    private const int FrameSamples = 320; // 20 ms, as taps deliver

    /// <summary>What was dropped and mended.</summary>
    public Counters Counters { get; } = new();

    /// <summary>The same as text.</summary>
    public string Counts => string.Join(", ", Counters.Snapshot().Where(count => count.Value > 0).Select(count => $"{count.Key} {count.Value:0}"));

    /// <summary>Every transcript of the sound.</summary>
    public IReadOnlyList<Speech.Transcript> Hear(ReadOnlySpan<float> samples)
    {
        using var recognizer = new StreamingRecognizer(model, vad.CreateDetector, new SpeechOptions(), Counters) { Partials = partials };
        var lane = recognizer.AddSource(new AudioSource("file"));
        var stabilizer = new Stabilizer(new DisplayOptions());
        var transcripts = new List<Speech.Transcript>();
        void Serve()
        {
            while (recognizer.TryServe(out var recognition))
                if (stabilizer.Next(recognition) is { } transcript) transcripts.Add(transcript);
        }

        for (var at = 0; at < samples.Length; at += FrameSamples)
        {
            lane.Accept(new AudioFrame(MediaTime.FromSamples(at, Sound.Rate), AudioFormat.Speech, samples.Slice(at, Math.Min(FrameSamples, samples.Length - at))));
            Serve();
        }

        lane.Close(MediaTime.FromSamples(samples.Length, Sound.Rate));
        Serve();
        return transcripts;
    }
}
