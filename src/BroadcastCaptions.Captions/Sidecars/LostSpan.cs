using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>A stretch of the session whose captions a file lacks.</summary>
/// <param name="From">Begin of the first lost cue.</param>
/// <param name="To">End of the last one's words.</param>
/// <param name="Cues">How many.</param>
internal sealed record LostSpan(MediaTime From, MediaTime To, int Cues)
{
    /// <summary>The span with one more cue.</summary>
    public static LostSpan Extend(LostSpan? span, SidecarCue cue) => span is null
        ? new LostSpan(cue.Start, cue.Spoken, 1)
        : new LostSpan(MediaTime.Min(span.From, cue.Start), MediaTime.Max(span.To, cue.Spoken), span.Cues + 1);
}
