using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Recordings;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>
/// The fast way through a recording: silence is left out, and neighbouring stretches of speech share a window, for the encoder costs the
/// same however little it hears. Holds a window at a time.
/// </summary>
internal sealed class PackedRecognizer(WhisperEngine engine, WindowDecoder decoder, Func<IVoiceDetector> detectors, SpeechOptions options) : IRecordingRecognizer
{
    private const int Step = VoiceWindow.Samples;

    /// <summary>Silence that stays at a stretch's end: with the pre-roll of the next one a pause that the model hears as such.</summary>
    private const double KeptSilence = 0.5;

    /// <summary>Where speech does not pause, a full window ends at its best dip within so many seconds.</summary>
    private const double DipWithin = 8;

    /// <summary>Seconds of speech from which on the detector is believed rather than the model's doubts.</summary>
    private const double SureSpeech = 0.3;

    /// <summary>Less speech than this behind the last complete segment is none that the model has not heard.</summary>
    private const double LeastRest = 0.5;

    /// <summary>What is done against answers that are not believed.</summary>
    public Fallback Fallback { get; init; } = Fallback.OfLoops;

    /// <inheritdoc/>
    public IEnumerable<Transcript> Recognize(ISpeechSamples samples, CancellationToken cancellation)
    {
        decoder.Begin();
        var (writer, pack) = (new SegmentWriter(engine), new SpeechPack(engine.Config.WindowFrames * LogMel.Hop));
        var gate = new SpeechGate(pack, options, (int)(KeptSilence * VoiceWindow.SampleRate));
        using var ahead = new VoiceAhead(samples, detectors, cancellation);
        var position = 0L;
        foreach (var (step, probability) in ahead.Steps())
        {
            while (gate.NeedsRoom(probability))
                foreach (var final in Flush(pack, writer, pack.Count, cancellation)) yield return final;
            gate.Push(step, probability, position);
            position += Step;
            if (!pack.IsFull) continue;
            foreach (var final in Flush(pack, writer, gate.IsOpen ? pack.Dip(DipWithin) : pack.Count, cancellation)) yield return final;
        }

        gate.Close();
        while (pack.Count > 0)
            foreach (var final in Flush(pack, writer, pack.Count, cancellation)) yield return final;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The model is its owner's.
    }

    private List<Transcript> Flush(SpeechPack pack, SegmentWriter writer, int end, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var seconds = (double)end / VoiceWindow.SampleRate;
        var frames = Math.Min(engine.Config.WindowFrames, LogMel.FramesOf(Math.Max(WhisperModel.ShortestWindow, seconds + WhisperModel.Tail)));
        var tokens = decoder.Decode(pack.First(end), frames, [], Fallback, pack.SpeechIn(0, end) >= SureSpeech ? Voice.Surely : Voice.Unknown);
        var parts = WindowSegments.Of(tokens, engine.Marks, seconds);
        var finals = new List<Transcript>();
        writer.Begin(parts.Segments, seconds, decoder, lastSpeech: 0);
        foreach (var part in parts.Segments)
            if (writer.Write(part, pack.Media) is { } final) finals.Add(final);
        pack.Remove(Heard(pack, parts, end));
        return finals;
    }

    /// <summary>Samples that are done with: what comes behind the last complete segment is heard again with what follows.</summary>
    private static int Heard(SpeechPack pack, WindowSegments parts, int end)
    {
        var consumed = (int)(parts.Consumed * VoiceWindow.SampleRate);
        if (consumed < VoiceWindow.SampleRate || consumed >= end) return end;
        // Speech goes on behind a cut; else only what is long enough to be words is heard again.
        return end == pack.Count && pack.SpeechIn(consumed, end) < LeastRest ? end : consumed;
    }
}
