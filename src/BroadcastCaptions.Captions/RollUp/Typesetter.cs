using BroadcastCaptions.Captions.Layout;

namespace BroadcastCaptions.Captions.RollUp;

/// <summary>Lays a speaker's tail out on the block's rows, and freezes the rows that are done.</summary>
internal static class Typesetter
{
    /// <summary>Shows the speaker's words as they stand now.</summary>
    public static void Show(Speaker speaker, Block block)
    {
        var tail = speaker.BuildTail();
        if (speaker.Rows.Count > 0 && block.IsScrolledOff(speaker.Rows[^1]))
        {
            if (tail.Text == speaker.ShownText) return;
            tail = LeaveScrolledOff(speaker, block, tail);
        }

        var spans = Wrap(speaker, block, tail);
        if (spans.Count > 0 && spans.Count <= speaker.Rows.Count && block.IsScrolledOff(speaker.Rows[spans.Count - 1]))
        {
            // A revision so much shorter that all of it would lie above the window: it begins anew in the window.
            tail = LeaveScrolledOff(speaker, block, tail);
            spans = Wrap(speaker, block, tail);
        }

        block.Show(speaker, tail, spans);
        Freeze(speaker, tail, spans);
        speaker.ShownText = speaker.BuildTail().Text;
    }

    private static List<LineSpan> Wrap(Speaker speaker, Block block, Tail tail) =>
        LineWrapper.Wrap(tail.Words, tail.Skip, line => block.ColumnsOf(speaker, line));

    /// <summary>Rows that are full and stable are done. In order: a row stays open while one above it may still change.</summary>
    private static void Freeze(Speaker speaker, Tail tail, List<LineSpan> spans)
    {
        var full = spans.Take(Math.Max(0, spans.Count - 1)).TakeWhile(tail.IsStable).Count();
        if (full == 0) return;
        speaker.Rows.RemoveRange(0, full);
        speaker.Consume(spans[full - 1].To);
    }

    /// <summary>
    /// Gives up the rows that left the window: their stable words are done; words that may still change, and that the
    /// window must therefore show, go on in the rows below.
    /// </summary>
    private static Tail LeaveScrolledOff(Speaker speaker, Block block, Tail tail)
    {
        var gone = speaker.Rows.FindLastIndex(block.IsScrolledOff) + 1;
        var done = tail.StableUpTo(speaker.Rows[gone - 1].EndsAt);
        speaker.Rows.RemoveRange(0, gone);
        speaker.Consume(done);
        return speaker.BuildTail();
    }
}
