using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Recordings;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>
/// The fast way through a recording: silence is left out, neighbouring stretches of speech share a window, for the encoder costs the
/// same however little it hears, and windows are decoded together. Holds a batch of windows at a time.
/// </summary>
internal sealed class PackedRecognizer(WhisperEngine engine, WindowDecoder decoder, Func<IVoiceDetector> detectors, SpeechOptions options, Counters counters)
    : IRecordingRecognizer
{
    private const int Step = VoiceWindow.Samples;

    /// <summary>Silence that stays at a stretch's end: with the pre-roll of the next one a pause that the model hears as such.</summary>
    private const double KeptSilence = 0.5;

    private WindowBatch? _batch;

    /// <summary>What is done against answers that are not believed.</summary>
    public Fallback Fallback { get; init; } = Fallback.OfLoops;

    /// <summary>Windows that are decoded together; null: as many as pay and take not much memory.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Threads.</summary>
    public int Threads { get; init; } = 1;

    /// <inheritdoc/>
    public IEnumerable<Transcript> Recognize(ISpeechSamples samples, CancellationToken cancellation)
    {
        decoder.Begin();
        var batch = _batch ??= new WindowBatch(engine, decoder, Fallback, BatchSize, Threads, counters);
        batch.Clear();
        var writer = new SegmentWriter(engine);
        using var ahead = new VoiceAhead(samples, detectors, cancellation);
        foreach (var window in Windows(ahead))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!batch.TakesMore)
                foreach (var final in Decode(batch, writer)) yield return final;
            batch.Add(window);
        }

        foreach (var final in Decode(batch, writer)) yield return final;
    }

    /// <inheritdoc/>
    public void Dispose() => _batch?.Dispose();

    private IEnumerable<PackedWindow> Windows(VoiceAhead ahead)
    {
        var pack = new SpeechPack(engine.Config.WindowFrames * LogMel.Hop);
        var gate = new SpeechGate(pack, options, (int)(KeptSilence * VoiceWindow.SampleRate));
        var position = 0L;
        foreach (var (step, probability) in ahead.Steps())
        {
            while (gate.NeedsRoom(probability)) yield return pack.Take(pack.Count);
            gate.Push(step, probability, position);
            position += Step;
            if (pack.Ready is > 0 and var count) yield return pack.Take(count);
        }

        gate.Close();
        if (pack.Count > 0) yield return pack.Take(pack.Count);
    }

    private IEnumerable<Transcript> Decode(WindowBatch batch, SegmentWriter writer)
    {
        foreach (var heard in batch.Decode())
        {
            writer.Begin(heard.Times, heard.Window.Seconds, decoder.WrittenLanguage);
            foreach (var segment in heard.Segments)
                if (writer.Write(segment, heard.Window.Media) is { } final) yield return final;
        }
    }
}
