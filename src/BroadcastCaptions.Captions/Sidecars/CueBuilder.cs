using BroadcastCaptions.Captions.Layout;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>Makes timed cues out of a final, by <see cref="CueRules"/>.</summary>
internal static class CueBuilder
{
    /// <summary>The cues of a final, in order.</summary>
    /// <param name="final">A final with words.</param>
    /// <param name="speaker">The speaker's name, or empty.</param>
    /// <param name="prefix">What stands before the words of each cue: "ALICE: ".</param>
    public static IReadOnlyList<SidecarCue> Build(Transcript final, string speaker, string prefix)
    {
        var words = LayoutWord.From(final.Words);
        var splitter = new CueSplitter(words, TextWidth.Of(prefix));
        var runs = splitter.Runs().ToArray();
        var cues = new List<SidecarCue>(runs.Length);
        for (var i = 0; i < runs.Length; i++)
        {
            var (from, to) = runs[i];
            var start = StartOf(words, from);
            var spoken = MediaTime.Max(start, words[to - 1].Word.End);
            var end = CueRules.EndInSilence(start, spoken, splitter.Width(from, to));
            var cue = new SidecarCue(final.Source, speaker, start, spoken, end, Lines(splitter, words, from, to, prefix), final.Language);
            cues.Add(i == runs.Length - 1 ? cue : cue with { End = CueRules.EndBefore(cue, StartOf(words, to)) });
        }

        return cues;
    }

    /// <summary>Word times of a recogniser may go back a little; cues never do.</summary>
    private static MediaTime StartOf(List<LayoutWord> words, int word) =>
        words.Take(word + 1).Select(before => before.Word.Start).Aggregate(MediaTime.Max);

    private static string[] Lines(CueSplitter splitter, List<LayoutWord> words, int from, int to, string prefix)
    {
        var run = words.Skip(from).Take(to - from).ToList();
        var lines = splitter.Lines(from, to).Select(span => LineText.Of(run, span.From, span.To)).ToArray();
        lines[0] = prefix + lines[0];
        return lines;
    }
}
