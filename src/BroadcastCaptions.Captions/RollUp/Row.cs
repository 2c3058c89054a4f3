using BroadcastCaptions.Captions.Layout;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.RollUp;

/// <summary>One row of the block. It keeps its place for good: rows are only ever added below, and scroll away at the top.</summary>
/// <param name="number">Counts the block's rows from 0.</param>
internal sealed class Row(long number)
{
    /// <summary>Its number within the block.</summary>
    public long Number { get; } = number;

    /// <summary>Who speaks in it.</summary>
    public Speaker? Owner { get; set; }

    /// <summary>The speaker's label, where a turn begins here.</summary>
    public string Prefix { get; private set; } = "";

    /// <summary>Prefix and words; empty when a revision took the words back.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Leading characters of <see cref="Text"/> that will not change.</summary>
    public int StableLength { get; private set; }

    /// <summary>Where its words end in the speaker's tail.</summary>
    public TextPosition EndsAt { get; private set; }

    /// <summary>When its first word begins.</summary>
    public MediaTime Start { get; private set; }

    /// <summary>When its last word ends.</summary>
    public MediaTime End { get; private set; }

    /// <summary>No words.</summary>
    public bool IsBlank => Text.Length == 0;

    /// <summary>Puts words into the row.</summary>
    public void Fill(string prefix, Tail tail, LineSpan span)
    {
        Prefix = prefix;
        EndsAt = span.To;
        Text = prefix + LineText.Of(tail.Words, span.From, span.To);
        var stable = LineText.Of(tail.Words, span.From, tail.StableEnd(span));
        StableLength = stable.Length == 0 ? 0 : prefix.Length + stable.Length;
        Start = tail.Words[span.From.Word].Word.Start;
        End = tail.Words[span.To.Char > 0 ? span.To.Word : span.To.Word - 1].Word.End;
    }

    /// <summary>The tail's first words are no longer part of it.</summary>
    public void Rebase(int words) => EndsAt = EndsAt with { Word = EndsAt.Word - words };

    /// <summary>Takes the words back; the row stays.</summary>
    public void Blank()
    {
        Prefix = Text = "";
        StableLength = 0;
    }
}
