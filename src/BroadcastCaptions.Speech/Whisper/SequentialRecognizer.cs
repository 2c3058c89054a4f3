using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Recordings;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>
/// Whisper's own way through a recording: windows of 30 s, each beginning where the last complete segment of the one before ended, each
/// told the text before it. Holds a window at a time.
/// </summary>
internal sealed class SequentialRecognizer(WhisperEngine engine, WindowDecoder decoder) : IRecordingRecognizer
{
    /// <summary>Text drawn at a higher temperature is not what the next window should go on from.</summary>
    private const float TooWarm = 0.5f;

    /// <summary>Seconds: a window that would begin again where it began says nothing new.</summary>
    private const double LeastStep = 0.1;

    /// <summary>What is done against answers that are not believed.</summary>
    public Fallback Fallback { get; init; } = Fallback.Reference;

    /// <inheritdoc/>
    public IEnumerable<Transcript> Recognize(ISpeechSamples samples, CancellationToken cancellation)
    {
        decoder.Begin();
        var writer = new SegmentWriter(engine);
        var window = new SampleWindow(samples, engine.Config.WindowFrames * LogMel.Hop);
        var said = new List<int>();
        var lastSpeech = 0.0; // seconds of the recording
        while (window.Fill() >= LogMel.Hop)
        {
            cancellation.ThrowIfCancellationRequested();
            var seconds = (double)window.Count / VoiceWindow.SampleRate;
            var tokens = decoder.Decode(window.Samples, engine.Config.WindowFrames, said, Fallback);
            if (decoder.Temperature > TooWarm) said.Clear();
            if (tokens.Count == 0)
            {
                window.Advance(window.Count);
                continue;
            }

            var parts = WindowSegments.Of(tokens, engine.Marks, seconds);
            var start = (double)window.Position / VoiceWindow.SampleRate;
            writer.Begin(parts.Segments, seconds, decoder, lastSpeech - start);
            foreach (var part in parts.Segments)
            {
                if (part.Start >= part.End)
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

    private void Forget(List<int> said)
    {
        var most = engine.Config.MaximumTokens / 2;
        if (said.Count > most) said.RemoveRange(0, said.Count - most);
    }
}
