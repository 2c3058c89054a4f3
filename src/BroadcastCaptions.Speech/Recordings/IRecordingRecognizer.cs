namespace BroadcastCaptions.Speech.Recordings;

/// <summary>One engine's way through a whole recording. One recording at a time.</summary>
public interface IRecordingRecognizer : IDisposable
{
    /// <summary>Recognises a recording; pulls its samples as it needs them, some minutes ahead at most.</summary>
    /// <param name="samples">The sound.</param>
    /// <param name="cancellation">Ends it between two passes of the model.</param>
    /// <returns>Finals in order, as they are ready; media time zero is the recording's start.</returns>
    IEnumerable<Transcript> Recognize(ISpeechSamples samples, CancellationToken cancellation);
}
