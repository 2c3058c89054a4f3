using BroadcastCaptions.Captions.Layout;

namespace BroadcastCaptions.Captions.RollUp;

/// <summary>A speaker's words that are not on frozen rows: what is laid out anew with each revision.</summary>
/// <param name="Words">The words.</param>
/// <param name="Skip">Characters of the first word that stand on a frozen row already.</param>
/// <param name="Stable">How many leading words will not change.</param>
internal sealed record Tail(IReadOnlyList<LayoutWord> Words, int Skip, int Stable)
{
    /// <summary>The text as one line.</summary>
    public string Text { get; } = LineText.Of(Words, new TextPosition(0, Skip), new TextPosition(Words.Count, 0));

    /// <summary>Where the stable part of a line ends.</summary>
    public TextPosition StableEnd(LineSpan line) =>
        IsStable(line) ? line.To : Stable > line.From.Word ? new TextPosition(Stable, 0) : line.From;

    /// <summary>Is all of this line stable?</summary>
    public bool IsStable(LineSpan line) => IsStableTo(line.To);

    /// <summary>Is all up to this position stable?</summary>
    public bool IsStableTo(TextPosition to) => to.Word + (to.Char > 0 ? 1 : 0) <= Stable;

    /// <summary>The end of the stable words, at most <paramref name="limit"/>.</summary>
    public TextPosition StableUpTo(TextPosition limit)
    {
        if (IsStableTo(limit)) return limit;
        return Stable == 0 ? new TextPosition(0, Skip) : new TextPosition(Math.Min(Stable, limit.Word), 0);
    }
}
