using BroadcastCaptions.Audio;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Speech.Recordings;

/// <summary>
/// A recording through the live way without its partials: voice detector, segmenter, and a model of whole segments. Holds a
/// segment at a time, so an hour costs the memory of a minute.
/// </summary>
/// <param name="model">The model; stays its owner's.</param>
/// <param name="detectors">Makes a voice detector for each recording: <see cref="SileroVad.CreateDetector"/>.</param>
/// <param name="options">Thresholds and lengths.</param>
/// <param name="counters">Where defects are counted.</param>
public sealed class SegmentedRecognizer(ISpeechModel model, Func<IVoiceDetector> detectors, SpeechOptions options, Counters counters) : IRecordingRecognizer
{
    /// <summary>Read at once: short enough that a segment is recognised as soon as it has closed.</summary>
    private const int BlockSamples = VoiceWindow.SampleRate / 4;

    private static readonly AudioSource Source = new("file");

    /// <inheritdoc/>
    public IEnumerable<Transcript> Recognize(ISpeechSamples samples, CancellationToken cancellation)
    {
        using var recognizer = new StreamingRecognizer(model, detectors, options, counters) { Partials = false };
        var lane = recognizer.AddSource(Source);
        var block = new float[BlockSamples];
        long position = 0;
        for (var count = samples.Read(block); count > 0; count = samples.Read(block))
        {
            lane.Accept(new AudioFrame(At(position), AudioFormat.Speech, block.AsSpan(0, count)));
            position += count;
            foreach (var final in Serve(recognizer, cancellation)) yield return final;
        }

        lane.Close(At(position));
        foreach (var final in Serve(recognizer, cancellation)) yield return final;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Model and detector are their owner's; what a recording takes goes with its enumeration.
    }

    private static MediaTime At(long position) => MediaTime.FromSamples(position, VoiceWindow.SampleRate);

    private static IEnumerable<Transcript> Serve(StreamingRecognizer recognizer, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        while (recognizer.TryServe(out var heard))
        {
            var words = heard.Hypothesis.Words;
            if (words.Count > 0) yield return new(Source.Id, heard.Segment, 1, IsFinal: true, heard.Start, heard.End, heard.Hypothesis.Language, words, words.Count);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
