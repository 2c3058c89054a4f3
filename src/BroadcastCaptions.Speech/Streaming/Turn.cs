using BroadcastCaptions.Speech.Segments;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>What a lane wants to have recognised next.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Segment">Its oldest segment.</param>
/// <param name="IsFinal">The segment is closed.</param>
internal readonly record struct Turn(SpeechLane Lane, SpeechSegment Segment, bool IsFinal)
{
    /// <summary>Position of the first sample that was not recognised yet: who has the oldest is served first.</summary>
    public long Unserved => Segment.Start + Segment.Progress.Heard;

    /// <summary>Whether that audio has been recognised before, so that the answer stands already.</summary>
    public bool IsKnown => Segment.Progress.Heard == Segment.HeardCount && (!IsFinal || Segment.Progress.IsWhole);
}
