using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Transcription;

/// <summary>What became of a job.</summary>
internal enum JobState
{
    /// <summary>Its caption files are made.</summary>
    Done,

    /// <summary>They were there already.</summary>
    Skipped,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>Ctrl-C came.</summary>
    Interrupted,
}

/// <summary>What came of a job.</summary>
/// <param name="Job">The job.</param>
/// <param name="State">What became of it.</param>
/// <param name="Outputs">The caption files that are there now.</param>
/// <param name="Duration">Seconds of the recording; 0 where it was not heard.</param>
/// <param name="Heard">Seconds of it that this run heard.</param>
/// <param name="Took">Seconds that this run took for it.</param>
/// <param name="Language">Language of most of it; null for none.</param>
/// <param name="Warning">What is wrong with the recording although it could be read.</param>
/// <param name="Failure">Why it failed.</param>
internal sealed record JobResult(
    Job Job, JobState State, IReadOnlyList<string> Outputs, double Duration = 0, double Heard = 0, double Took = 0, string? Language = null, string? Warning = null,
    CaptionsException? Failure = null)
{
    /// <summary>Times real time.</summary>
    public double Speed => Took > 0 ? Heard / Took : 0;
}
