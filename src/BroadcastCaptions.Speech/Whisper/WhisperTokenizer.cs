using System.Text;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>
/// Whisper's byte-level vocabulary: text to tokens and back. Time marks are not in the file: they follow &lt;|notimestamps|&gt;.
/// </summary>
internal sealed class WhisperTokenizer
{
    private readonly Dictionary<(int, int), (int Rank, int Merged)> _merges = [];
    private readonly int[] _bytes = new int[256];
    private readonly byte[][] _pieces;
    private readonly Dictionary<string, int> _added;
    private readonly int _firstTimestamp;

    private WhisperTokenizer(string path, VocabularyFile file)
    {
        Path = path;
        _added = file.Added;
        Specials = file.Added.Where(token => IsMark(token.Key)).ToDictionary(token => token.Key[2..^2], token => token.Value);
        _pieces = new byte[file.Pieces.Values.Concat(file.Added.Values).Max() + 1][];
        Array.Fill(_pieces, []);
        foreach (var (piece, id) in file.Pieces) _pieces[id] = ByteAlphabet.Bytes(piece) ?? Encoding.UTF8.GetBytes(piece);
        foreach (var (text, id) in file.Added) _pieces[id] = Encoding.UTF8.GetBytes(text);
        for (var value = 0; value < 256; value++)
            _bytes[value] = file.Pieces.TryGetValue(ByteAlphabet.Character((byte)value).ToString(), out var id) ? id : throw ConfigFile.Broken(path, "holds no byte-level vocabulary");
        foreach (var (left, right) in file.Merges)
            if (file.Pieces.TryGetValue(left, out var a) && file.Pieces.TryGetValue(right, out var b) && file.Pieces.TryGetValue(left + right, out var both))
                _merges.TryAdd((a, b), (_merges.Count, both));
        _firstTimestamp = Special("notimestamps") + 1 ?? int.MaxValue;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Marks by name, without their brackets: "startoftranscript", "en" …</summary>
    public IReadOnlyDictionary<string, int> Specials { get; }

    /// <summary>Reads a tokenizer.json.</summary>
    /// <exception cref="Failures.CaptionsException">It holds no byte-level vocabulary.</exception>
    public static WhisperTokenizer Load(string path) => new(path, VocabularyFile.Read(path));

    /// <summary>A mark's number, null where the vocabulary has none.</summary>
    public int? Special(string name) => Specials.TryGetValue(name, out var id) ? id : null;

    /// <summary>A token's text as UTF-8, perhaps a part of a character; empty for time marks.</summary>
    public ReadOnlySpan<byte> Piece(int token) => token >= 0 && token < _pieces.Length ? _pieces[token] : [];

    /// <summary>Text to tokens; marks within it become their numbers.</summary>
    public List<int> Encode(string text)
    {
        var tokens = new List<int>();
        for (var at = 0; at < text.Length;)
        {
            var (start, mark) = NextMark(text, at);
            EncodePlain(text.AsSpan(at, start - at), tokens);
            if (mark.Length > 0) tokens.Add(_added[mark]);
            at = start + mark.Length;
        }

        return tokens;
    }

    /// <summary>Tokens to text; time marks as &lt;|1.24|&gt;.</summary>
    public string Decode(IEnumerable<int> tokens)
    {
        var bytes = new List<byte>();
        foreach (var token in tokens)
            if (token >= _firstTimestamp) bytes.AddRange(Encoding.ASCII.GetBytes(FormattableString.Invariant($"<|{(token - _firstTimestamp) * SpecialTokens.TimestampStep:0.00}|>")));
            else bytes.AddRange(Piece(token));
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static bool IsMark(string text) => text.StartsWith("<|", StringComparison.Ordinal) && text.EndsWith("|>", StringComparison.Ordinal) && text.Length > 4;

    private (int Start, string Mark) NextMark(string text, int from)
    {
        for (var at = text.IndexOf("<|", from, StringComparison.Ordinal); at >= 0; at = text.IndexOf("<|", at + 1, StringComparison.Ordinal))
        {
            var end = text.IndexOf("|>", at, StringComparison.Ordinal);
            if (end > 0 && _added.ContainsKey(text[at..(end + 2)])) return (at, text[at..(end + 2)]);
        }

        return (text.Length, "");
    }

    private void EncodePlain(ReadOnlySpan<char> text, List<int> tokens)
    {
        while (text.Length > 0)
        {
            var length = TextSplitter.Next(text);
            Merge([.. Encoding.UTF8.GetBytes(text[..length].ToString()).Select(value => _bytes[value])], tokens);
            text = text[length..];
        }
    }

    private void Merge(List<int> parts, List<int> tokens)
    {
        while (true)
        {
            var (best, at, merged) = (int.MaxValue, -1, 0);
            for (var i = 0; i + 1 < parts.Count; i++)
                if (_merges.TryGetValue((parts[i], parts[i + 1]), out var merge) && merge.Rank < best) (best, at, merged) = (merge.Rank, i, merge.Merged);
            if (at < 0) break;
            parts[at] = merged;
            parts.RemoveAt(at + 1);
        }

        tokens.AddRange(parts);
    }
}
