using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.Speech.Recordings;
using BroadcastCaptions.Speech.Streaming;

namespace BroadcastCaptions.Library.Engines;

/// <summary>Moonshine behind the voice detector. It knows one way through a recording, and one segment at a time.</summary>
internal sealed class MoonshineEngine(MoonshineModel model, SileroVad vad, SpeechOptions speech, CpuBudget budget) : ISpeechEngine
{
    public IRecordingRecognizer CreateRecording(RecordingOptions options, Counters counters) =>
        new SegmentedRecognizer(model, vad.CreateDetector, speech, counters);

    public StreamingRecognizer CreateLive(DisplayOptions display, Counters counters) => new(model, vad.CreateDetector, speech, counters)
    {
        Partials = display.Policy != DisplayPolicy.FinalOnly,
        Time = TimeProvider.System,
        PartialShare = budget.Share,
    };

    public void Dispose()
    {
        model.Dispose();
        vad.Dispose();
    }
}
