using System.Text;

namespace BroadcastCaptions.Captions.Layout;

/// <summary>The text between two positions of a row of words.</summary>
internal static class LineText
{
    /// <summary>The text as it is written on a line of its own.</summary>
    public static string Of(IReadOnlyList<LayoutWord> words, TextPosition from, TextPosition to)
    {
        var text = new StringBuilder();
        foreach (var (word, start, end) in Pieces(from, to, words))
        {
            if (start == 0 && text.Length > 0 && words[word].SpaceBefore) text.Append(' ');
            text.Append(words[word].Word.Text, start, end - start);
        }

        return text.ToString();
    }

    /// <summary>Its columns.</summary>
    public static int Width(IReadOnlyList<LayoutWord> words, TextPosition from, TextPosition to)
    {
        var width = 0;
        foreach (var (word, start, end) in Pieces(from, to, words))
        {
            if (start == 0 && width > 0 && words[word].SpaceBefore) width++;
            width += TextWidth.Of(words[word].Word.Text.AsSpan(start, end - start));
        }

        return width;
    }

    private static IEnumerable<(int Word, int Start, int End)> Pieces(TextPosition from, TextPosition to, IReadOnlyList<LayoutWord> words)
    {
        for (var word = from.Word; word < words.Count && (word < to.Word || (word == to.Word && to.Char > 0)); word++)
        {
            var length = words[word].Word.Text.Length;
            var start = word == from.Word ? Math.Min(from.Char, length) : 0;
            var end = word == to.Word ? Math.Min(to.Char, length) : length;
            if (end > start) yield return (word, start, end);
        }
    }
}
