using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Recordings;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>
/// Whisper's own way through a recording: windows of 30 s, each beginning where the last complete segment of the one before ended, each
/// told the text before it. Holds a window at a time.
/// </summary>
/// <param name="engine">The model.</param>
/// <param name="decoder">Decodes windows.</param>
/// <param name="detectors">Makes a voice detector: words where nobody speaks are left out. null: as the reference, which has none.</param>
/// <param name="counters">Where words are counted that were left out ("speech.words_on_silence").</param>
internal sealed class SequentialRecognizer(
    WhisperEngine engine, WindowDecoder decoder, Func<IVoiceDetector>? detectors = null, Counters? counters = null) : IRecordingRecognizer
{
    /// <summary>Text drawn at a higher temperature is not what the next window should go on from.</summary>
    private const float TooWarm = 0.5f;

    /// <summary>Seconds: a window that would begin again where it began says nothing new.</summary>
    private const double LeastStep = 0.1;

    /// <summary>Probability from which on the detector may have heard somebody: what opens the gate of the fast way, too.</summary>
    private const double SoftSpeech = SpeechGate.Onset;

    /// <summary>Probability of speech, and seconds of it, from which on the model's word is taken for it.</summary>
    private const double Speech = 0.5, SureSpeech = 0.3;

    /// <summary>Seconds around a stretch in which speech counts as its own.</summary>
    private const double Near = 0.5;

    private readonly Counter _unspoken = (counters ?? new Counters()).Get("speech.words_on_silence");

    /// <summary>What is done against answers that are not believed.</summary>
    public Fallback Fallback { get; init; } = Fallback.Reference;

    /// <inheritdoc/>
    public IEnumerable<Transcript> Recognize(ISpeechSamples samples, CancellationToken cancellation)
    {
        decoder.Begin();
        var writer = new SegmentWriter(engine);
        using var detector = detectors?.Invoke();
        var track = detector is null ? null : new VoiceTrack(samples, detector);
        var window = new SampleWindow(track ?? samples, engine.Config.WindowFrames * LogMel.Hop);
        var said = new List<int>();
        var lastSpeech = 0.0; // seconds of the recording
        while (window.Fill() >= LogMel.Hop)
        {
            cancellation.ThrowIfCancellationRequested();
            var seconds = (double)window.Count / VoiceWindow.SampleRate;
            var start = (double)window.Position / VoiceWindow.SampleRate;
            track?.Forget(start - Near);
            if (track?.SpeechIn(start, start + seconds, SoftSpeech) == 0)
            {
                window.Advance(window.Count); // nobody speaks: nothing that the model would say of it is wanted
                continue;
            }

            var voice = track?.SpeechIn(start, start + seconds, Speech) < SureSpeech ? Voice.Hardly : Voice.Unknown;
            var tokens = decoder.Decode(window.Samples, engine.Config.WindowFrames, said, Fallback, voice);
            if (decoder.Temperature > TooWarm) said.Clear();
            if (tokens.Count == 0)
            {
                window.Advance(window.Count);
                continue;
            }

            var parts = WindowSegments.Of(tokens, engine.Marks, seconds);
            writer.Begin(parts.Segments, seconds, decoder, lastSpeech - start);
            foreach (var part in parts.Segments)
            {
                if (part.Start >= part.End || IsUnspoken(track, start, part))
                {
                    writer.Skip(part);
                    continue;
                }

                if (writer.Write(part, (second, _) => start + second) is not { } final) continue;
                lastSpeech = final.End.Seconds;
                if (decoder.Temperature <= TooWarm) said.AddRange(part.Tokens.Select(token => token.Id));
                yield return final;
            }

            Forget(said);
            var behind = writer.IsAligned && !parts.EndsInSilence && lastSpeech > start ? lastSpeech - start : Math.Min(parts.Consumed, seconds);
            if (behind < LeastStep) behind = seconds;
            window.Advance((int)Math.Round(behind * LogMel.FramesASecond) * LogMel.Hop);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The model is its owner's.
    }

    /// <summary>Words of a stretch in which nobody speaks: invented. Marks are half a second off now and then.</summary>
    private bool IsUnspoken(VoiceTrack? track, double start, WindowSegment part)
    {
        if (track is null || track.SpeechIn(start + part.Start - Near, start + part.End + Near, SoftSpeech) > 0) return false;
        if (part.Tokens.Any(token => engine.Marks.IsText(token.Id))) _unspoken.Add();
        return true;
    }

    private void Forget(List<int> said)
    {
        var most = engine.Config.MaximumTokens / 2;
        if (said.Count > most) said.RemoveRange(0, said.Count - most);
    }
}
