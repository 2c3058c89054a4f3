using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Recordings;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.Speech.Whisper;

namespace BroadcastCaptions.Library.Engines;

/// <summary>A loaded model behind the voice detector. One recording, or one live session, at a time.</summary>
internal sealed class SpeechEngine(ISpeechModel model, SileroVad vad, SpeechOptions speech, CpuBudget budget) : IDisposable
{
    /// <summary>Its way through a recording, Whisper's own where it is one; the caller disposes it before the engine.</summary>
    public IRecordingRecognizer CreateRecording(RecordingOptions options, Counters counters) => model is WhisperModel whisper
        ? whisper.CreateRecording(options, vad.CreateDetector, speech, counters)
        : new SegmentedRecognizer(model, vad.CreateDetector, speech, counters);

    /// <summary>Its way through live audio; the caller disposes it before the engine.</summary>
    public StreamingRecognizer CreateLive(DisplayOptions display, Counters counters) => new(model, vad.CreateDetector, speech, counters)
    {
        Partials = display.Policy != DisplayPolicy.FinalOnly,
        Time = TimeProvider.System,
        PartialShare = budget.Share,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        model.Dispose();
        vad.Dispose();
    }
}
