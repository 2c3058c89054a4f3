namespace BroadcastCaptions.Speech.Decoding;

/// <summary>
/// A decoder over several windows at once: every weight is read once a step for all of them. All rows are equally far in
/// their texts; one that has ended is dropped, and the last one takes its place.
/// </summary>
/// <param name="decoder">The decoder; it hears the windows, and must outlive this.</param>
/// <param name="longest">Most positions of a window.</param>
/// <param name="capacity">Most tokens of a row, the prompt's included.</param>
internal sealed unsafe class DecoderRows(IntegerDecoder decoder, int longest, int capacity) : IDisposable
{
    private readonly List<Row> _rows = [];
    private readonly Stack<Row> _free = [];
    private readonly BorrowedFloats _scores = new();
    private int _given; // rows of scores each row of the batch has
    private int _taken; // tokens

    /// <summary>Rows in use.</summary>
    public int Count => _rows.Count;

    /// <summary>Bytes that a row takes.</summary>
    /// <param name="sizes">The decoder's.</param>
    /// <param name="length">Most positions of a window.</param>
    /// <param name="capacity">Most tokens.</param>
    public static long BytesOf(DecoderSizes sizes, int length, int capacity) => KeysAndValues.BytesOf(sizes, length + capacity);

    /// <summary>The window that the decoder attends to becomes another row.</summary>
    public void Add()
    {
        if (!_free.TryPop(out var row)) row = new(new(decoder.Sizes), new(decoder.Sizes));
        row.Heard.MakeRoom(longest); // once for all windows: room that grows with them leaves gaps
        row.Said.MakeRoom(capacity);
        _rows.Add(row with { Heard = decoder.Exchange(row.Heard) });
    }

    /// <summary>Takes the same prompt in for every row.</summary>
    /// <param name="prompt">Tokens.</param>
    /// <param name="firstRow">The first of them whose scores are asked for.</param>
    public void Start(IReadOnlyList<int> prompt, int firstRow)
    {
        (_taken, _given) = (prompt.Count, prompt.Count - firstRow);
        _scores.Borrow(checked(Count * _given * decoder.VocabularySize));
        for (var row = 0; row < Count; row++)
        {
            decoder.Pass.Begin(prompt.Count);
            for (var i = 0; i < prompt.Count; i++) decoder.Pass.Set(i, prompt[i], _rows[row].Said, _rows[row].Heard, i);
            decoder.Pass.Score(firstRow, _scores.Begin + ((long)row * _given * decoder.VocabularySize));
        }
    }

    /// <summary>Takes one more token in for each row.</summary>
    public void Step(ReadOnlySpan<int> tokens)
    {
        _given = 1;
        decoder.Pass.Begin(Count);
        for (var i = 0; i < Count; i++) decoder.Pass.Set(i, tokens[i], _rows[i].Said, _rows[i].Heard, _taken);
        decoder.Pass.Score(0, _scores.Begin);
        _taken++;
    }

    /// <summary>Scores of what follows a row's last token, or one of the prompt's.</summary>
    /// <param name="row">The row.</param>
    /// <param name="token">Of those whose scores were asked for.</param>
    public ReadOnlySpan<float> Scores(int row, int token = 0) => _scores.Span.Slice(((row * _given) + token) * decoder.VocabularySize, decoder.VocabularySize);

    /// <summary>What a row hears; until it is dropped.</summary>
    public KeysAndValues HeardBy(int row) => _rows[row].Heard;

    /// <summary>Ends a row; the last one takes its number.</summary>
    public void Drop(int row)
    {
        _free.Push(_rows[row]);
        _rows[row] = _rows[^1];
        _rows.RemoveAt(Count - 1);
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        while (Count > 0) Drop(Count - 1);
        _scores.Return();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Clear();
        foreach (var (heard, said) in _free)
        {
            heard.Dispose();
            said.Dispose();
        }

        _scores.Dispose();
    }

    /// <summary>What a window sounds like, and the text of it.</summary>
    private sealed record Row(KeysAndValues Heard, KeysAndValues Said);
}
