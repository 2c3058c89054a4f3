using System.Text;
using BroadcastCaptions.Captions.Layout;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>
/// Cuts a long final into runs of words that each make a good cue: they fit, and end with a sentence, else with a clause, else in a pause.
/// </summary>
/// <param name="words">The final's words.</param>
/// <param name="prefix">Columns that a label takes on the first line.</param>
internal sealed class CueSplitter(IReadOnlyList<LayoutWord> words, int prefix)
{
    /// <summary>A cue emptier than this is not worth a good ending.</summary>
    private const double WorthEnding = 0.35;

    private const double SentenceBonus = 1;
    private const double ClauseBonus = 0.7;
    private const double PauseBonus = 0.3;
    private const double Pause = 0.3;

    /// <summary>What is left for the next cue should be more than a word or two, in columns.</summary>
    private const int Orphan = 12;

    /// <summary>The runs: first word, and the word after the last.</summary>
    public IEnumerable<(int From, int To)> Runs()
    {
        for (var from = 0; from < words.Count;)
        {
            var to = LongestFrom(from);
            if (to < words.Count) to = BestEnd(from, to);
            yield return (from, to);
            from = to;
        }
    }

    /// <summary>The run's lines, of about the same length.</summary>
    public List<LineSpan> Lines(int from, int to)
    {
        var run = words.Skip(from).Take(to - from).ToList();
        var lines = Wrap(run, CueRules.Columns);
        if (lines.Count != CueRules.Lines) return lines;
        for (var columns = (Width(from, to) + prefix) / CueRules.Lines; columns < CueRules.Columns; columns++)
        {
            if (columns <= prefix) continue;
            var balanced = Wrap(run, columns);
            if (balanced.Count == CueRules.Lines) return balanced;
        }

        return lines;
    }

    /// <summary>Columns of a run on one line.</summary>
    public int Width(int from, int to) => LineText.Width(words, new TextPosition(from, 0), new TextPosition(to, 0));

    private List<LineSpan> Wrap(List<LayoutWord> run, int columns) => LineWrapper.Wrap(run, 0, line => line == 0 ? columns - prefix : columns);

    private int LongestFrom(int from)
    {
        var to = from + 1;
        while (to < words.Count && Fits(from, to + 1)) to++;
        return to;
    }

    private bool Fits(int from, int to) =>
        words[to - 1].Word.End - words[from].Word.Start <= CueRules.Longest
        && Wrap([.. words.Skip(from).Take(to - from)], CueRules.Columns).Count <= CueRules.Lines;

    private int BestEnd(int from, int longest)
    {
        var (best, bestScore) = (longest, double.MinValue);
        var full = (double)Width(from, longest);
        for (var to = from + 1; to <= longest; to++)
        {
            var fill = Width(from, to) / full;
            var score = fill + (fill < WorthEnding ? 0 : EndingBonus(to));
            if (Width(to, words.Count) < Orphan) score -= ClauseBonus;
            if (score >= bestScore) (best, bestScore) = (to, score);
        }

        return best;
    }

    private double EndingBonus(int to)
    {
        Rune.DecodeLastFromUtf16(words[to - 1].Word.Text.AsSpan().TrimEnd("\"”’)」』"), out var last, out _);
        if (".?!…。？！".Contains(last.ToString(), StringComparison.Ordinal)) return SentenceBonus;
        if (",;:—–、，；：".Contains(last.ToString(), StringComparison.Ordinal)) return ClauseBonus;
        return words[to].Word.Start - words[to - 1].Word.End >= Pause ? PauseBonus : 0;
    }
}
