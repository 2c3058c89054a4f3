namespace BroadcastCaptions.Captions.Filters;

/// <summary>Which words of a source are another's: runs of them, with a misheard one in between, and not the word that two people happen to say at once.</summary>
internal static class EchoRuns
{
    /// <summary>An echo that is recognised badly has a third of its words right.</summary>
    private const double LeastSame = 0.35;

    private const int LeastWords = 2;

    /// <summary>Marks words as echoes.</summary>
    /// <param name="words">How each word stands.</param>
    /// <param name="leastOwn">So many words in a row that the other source does not say are the source's own.</param>
    /// <param name="surely">Whoever has said nothing of his own while the other spoke has said nothing then.</param>
    /// <param name="echoed">Set where a word is an echo.</param>
    public static void Mark(ReadOnlySpan<EchoMark> words, int leastOwn, bool surely, Span<bool> echoed)
    {
        var all = words.Length - words.Count(EchoMark.Alone);
        var marks = WithoutOwn(words, leastOwn);
        for (int start = 0, end; start < marks.Length; start = end)
        {
            end = start + Math.Max(1, LengthWithout(EchoMark.Alone, marks.AsSpan(start)));
            var run = marks.AsSpan(start..end);
            var (same, isAll) = (run.Count(EchoMark.Same), run.Length == all && run[0] != EchoMark.Alone);
            if (((same >= LeastWords || isAll) && same >= LeastSame * run.Length) || (surely && isAll)) echoed[start..end].Fill(true);
        }
    }

    /// <summary>The same, with what is the source's own for certain as if it were said alone.</summary>
    private static EchoMark[] WithoutOwn(ReadOnlySpan<EchoMark> words, int leastOwn)
    {
        EchoMark[] marks = [.. words];
        for (int start = 0, length; start < marks.Length; start += Math.Max(1, length))
        {
            length = LengthWithout(EchoMark.Same, words[start..]);
            if (length >= leastOwn) Array.Clear(marks, start, length);
        }

        return marks;
    }

    private static int LengthWithout(EchoMark mark, ReadOnlySpan<EchoMark> marks) => marks.IndexOf(mark) is var end and >= 0 ? end : marks.Length;
}
