using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Segments;
using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>
/// Recognises a growing segment by its last seconds: what lies before has been read and will not change on screen, costs
/// time, and lets small models lose the thread. The window's beginning moves from dip to dip where the shorter window
/// gives the words that the longer one gave, or, after a while, whatever it gives. A closed segment is recognised whole.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="longest">Seconds of audio from which on the window is to become shorter.</param>
internal sealed class PartialWindow(ISpeechModel model, double longest)
{
    /// <summary>Seconds that stay in the window when it moves: less is too little context for a word.</summary>
    private const double Kept = 2;

    /// <summary>Seconds in front of <see cref="Kept"/> among which the dip is looked for: the longest usual distance of pauses.</summary>
    private const double Search = 2;

    /// <summary>Seconds until the next try where the shorter window gave other words.</summary>
    private const double Retry = 0.5;

    /// <summary>
    /// Seconds on top of the longest from which on the shorter window is believed though it gives other words: the longer one has
    /// lost the thread. Measured by bench/tune on the least clear file, heard in ten phases: late words 14 → 10 with 1.5 s, 11 with 0.6 s.
    /// </summary>
    private const double Lost = 1;

    private readonly int _longest = InSamples(longest);
    private readonly WordJoint _joint = new();

    /// <summary>The words of the segment so far.</summary>
    public ModelText Recognize(SpeechSegment segment)
    {
        var progress = segment.Progress;
        if (segment.HeardCount >= progress.MoveAt(_longest) && Move(segment) is { } moved) return moved;
        var text = From(segment, progress.Anchor, progress.Text.Tokens);
        return Behind(progress.Anchored, text);
    }

    private static int InSamples(double seconds) => (int)(seconds * VoiceWindow.SampleRate);

    private ModelText From(SpeechSegment segment, int start, IReadOnlyList<ScoredToken> previous)
    {
        var text = model.Recognize(segment.Heard[start..], EvidenceRule.IsStrong(segment.Evidence(start)), previous);
        return start == 0 ? text : text with { Words = [.. text.Words.Select(word => word.Behind(start))] };
    }

    private static ModelText Behind(IReadOnlyList<ModelWord> anchored, ModelText text)
    {
        if (anchored.Count == 0 || text.Words.Count == 0) return text with { Words = [.. anchored, .. text.Words] };
        var first = text.Words[0];
        return text with { Words = [.. anchored, first with { SpaceBefore = Scripts.NeedsSpaceBetween(anchored[^1].Text, first.Text) }, .. text.Words.Skip(1)] };
    }

    private ModelText? Move(SpeechSegment segment)
    {
        var progress = segment.Progress;
        var to = segment.HeardCount - InSamples(Kept);
        var anchor = DipFinder.Find(segment, Math.Max(progress.Anchor, to - InSamples(Search)), to);
        var text = From(segment, anchor, []);
        var isLost = segment.HeardCount - progress.Anchor >= _longest + InSamples(Lost) && text.Words.Count > 0;
        var at = segment.StartTime.Plus((double)anchor / VoiceWindow.SampleRate);
        if (_joint.Find(WordTimes.Of(progress.Text.Words, segment), text.Words, at, isLost) is not { } joint)
        {
            progress.Hold(segment.HeardCount + InSamples(Retry));
            return null;
        }

        progress.MoveTo(anchor, joint);
        return Behind(progress.Anchored, text);
    }
}
