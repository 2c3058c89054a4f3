namespace BroadcastCaptions.Speech.Alignment;

/// <summary>Groups a text's tokens into words, as the reference does: at spaces and marks; where a language writes none, at characters.</summary>
/// <param name="decode">Spells tokens; parts of a character as U+FFFD.</param>
internal sealed class WordSplitter(Func<IReadOnlyList<int>, string> decode)
{
    private const char Incomplete = '\uFFFD';
    private const string Marks = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"; // Python's string.punctuation
    /// <summary>Languages that write no spaces between words.</summary>
    public static readonly IReadOnlySet<string> Spaceless = new HashSet<string> { "zh", "ja", "th", "lo", "my", "yue" };


    /// <summary>The words and how many tokens spell each.</summary>
    public List<(string Text, int Tokens)> Split(IReadOnlyList<int> tokens, string language)
    {
        var characters = Characters(tokens);
        if (Spaceless.Contains(language)) return characters;
        var words = new List<(string Text, int Tokens)>();
        foreach (var (text, count) in characters)
            if (words.Count == 0 || text.StartsWith(' ') || Marks.Contains(text.Trim(), StringComparison.Ordinal)) words.Add((text, count));
            else words[^1] = (words[^1].Text + text, words[^1].Tokens + count);
        return words;
    }

    private List<(string Text, int Tokens)> Characters(IReadOnlyList<int> tokens)
    {
        var whole = decode(tokens);
        var parts = new List<(string Text, int Tokens)>();
        var current = new List<int>();
        var offset = 0;
        foreach (var token in tokens)
        {
            current.Add(token);
            var text = decode(current);
            var broken = text.IndexOf(Incomplete, StringComparison.Ordinal);
            if (broken >= 0 && (offset + broken >= whole.Length || whole[offset + broken] != Incomplete)) continue;
            parts.Add((text, current.Count));
            offset += text.Length;
            current.Clear();
        }

        if (current.Count > 0) parts.Add((decode(current), current.Count));
        return parts;
    }
}
