using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Recordings;
using BroadcastCaptions.Speech.Streaming;

namespace BroadcastCaptions.Library.Engines;

/// <summary>A loaded model with what it needs, of any family. One recording, or one live session, at a time.</summary>
internal interface ISpeechEngine : IDisposable
{
    /// <summary>Its way through a recording; the caller disposes it before the engine.</summary>
    IRecordingRecognizer CreateRecording(RecordingOptions options, Counters counters);

    /// <summary>Its way through live audio; the caller disposes it before the engine.</summary>
    StreamingRecognizer CreateLive(DisplayOptions display, Counters counters);
}
