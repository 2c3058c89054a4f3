namespace BroadcastCaptions.Captions.Layout;

/// <summary>
/// Basic kinsoku shori (JIS X 4051; UAX #14 classes CL, NS, EX and OP): what no line may begin with, what none may end with.
/// </summary>
internal static class Kinsoku
{
    private const string NeverFirst = "、。，．,.・：；:;？！?!）)］]｝}〕〉》」』】〙〗〟’”»ー々〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…‥%％";
    private const string NeverLast = "（([［{｛〔〈《「『【〘〖〝‘“«";

    /// <summary>Is this closing punctuation, a small kana or a lengthening mark?</summary>
    public static bool CannotBegin(int codePoint) => codePoint <= char.MaxValue && NeverFirst.Contains((char)codePoint);

    /// <summary>Is this opening punctuation?</summary>
    public static bool CannotEnd(int codePoint) => codePoint <= char.MaxValue && NeverLast.Contains((char)codePoint);
}
