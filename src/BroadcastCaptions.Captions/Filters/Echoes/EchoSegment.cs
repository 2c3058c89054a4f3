using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Captions.Filters;

/// <summary>What a source says in a segment, as far as it is known.</summary>
/// <param name="Source">Who heard it.</param>
/// <param name="Start">Media time in seconds at which its speech begins.</param>
/// <param name="End">Media time up to which it was heard.</param>
/// <param name="IsFirst">Is it the first that is known of it?</param>
/// <param name="IsOpen">Does it go on?</param>
/// <param name="Words">Its words; what has no letter is none.</param>
internal sealed record EchoSegment(string Source, double Start, double End, bool IsFirst, bool IsOpen, EchoWord[] Words)
{
    /// <summary>Has anything of it been shown?</summary>
    public bool IsShown { get; set; }

    /// <summary>What a transcript says.</summary>
    /// <param name="transcript">The transcript.</param>
    /// <param name="before">What was known of the segment before; null: nothing.</param>
    public static EchoSegment Of(Transcript transcript, EchoSegment? before) => new(
        transcript.Source, transcript.Start.Seconds, transcript.End.Seconds, before is null, !transcript.IsFinal,
        [.. transcript.Words.Select(EchoWord.Of).Where(word => word.Key.Length > 0)])
    { IsShown = before is { IsShown: true } };

    /// <summary>The word that begins next to a moment; there must be one.</summary>
    /// <param name="second">Media time.</param>
    public int NextTo(double second)
    {
        var best = 0;
        for (var i = 1; i < Words.Length; i++)
            if (Math.Abs(Words[i].Start - second) < Math.Abs(Words[best].Start - second)) best = i;
        return best;
    }
}
