using BroadcastCaptions.Time;

namespace BroadcastCaptions.Speech;

/// <summary>
/// The text of one segment at one moment, as the display policy shows it. A partial may change, a final will not.
/// </summary>
/// <param name="Source">Id of the source that was heard.</param>
/// <param name="Segment">Number of the segment within the source, from 1.</param>
/// <param name="Revision">Counts the transcripts of this segment, from 1.</param>
/// <param name="IsFinal">Nothing of this segment will change any more.</param>
/// <param name="Start">Media time at which the segment's speech begins.</param>
/// <param name="End">Media time up to which the segment was heard.</param>
/// <param name="Language">BCP 47 language.</param>
/// <param name="Words">The words with their times.</param>
/// <param name="StableWords">How many leading words will not change.</param>
public sealed record Transcript(
    string Source, long Segment, int Revision, bool IsFinal, MediaTime Start, MediaTime End, string Language,
    IReadOnlyList<TimedWord> Words, int StableWords)
{
    /// <summary>The text as it is written.</summary>
    public string Text { get; } = TimedWord.Join(Words);

    /// <summary>
    /// The recogniser's own words. On screen what was read already does not change; a final's own words may say it better, and
    /// are what files keep.
    /// </summary>
    public IReadOnlyList<TimedWord> Recognized { get; init; } = Words;

    /// <summary>The transcript as files keep it: the recogniser's own words.</summary>
    public Transcript AsRecognized() => ReferenceEquals(Recognized, Words)
        ? this
        : new(Source, Segment, Revision, IsFinal, Start, End, Language, Recognized, IsFinal ? Recognized.Count : 0);
}
