namespace BroadcastCaptions.Speech.Recordings;

/// <summary>A recording's sound as recognisers hear it, read once from its start: constant memory however long it is.</summary>
public interface ISpeechSamples
{
    /// <summary>Reads on; waits for a slow source.</summary>
    /// <param name="buffer">Takes samples: 16 kHz mono, −1 … 1.</param>
    /// <returns>How many; 0 at the end, and only there.</returns>
    /// <exception cref="Failures.CaptionsException">The recording is damaged here.</exception>
    int Read(Span<float> buffer);
}
