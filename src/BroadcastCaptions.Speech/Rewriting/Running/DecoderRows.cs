using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Rewriting.Running;

/// <summary>
/// Runs a rewritten decoder over several windows at once: every weight is read once a step for all of them. All rows are equally far in
/// their texts; one that has ended is dropped, and the last one takes its place.
/// </summary>
internal sealed class DecoderRows : IDisposable
{
    private readonly InferenceSession _session;
    private readonly FusedShape _shape;
    private readonly CrossRows _cross;
    private readonly RunOptions _run = new();
    private readonly OrtIoBinding _binding;
    private readonly float[][] _said; // by part: the rows' keys or values of what was said
    private readonly int _capacity;
    private readonly long[] _firstRow = Pinned<long>(1);
    private readonly int[] _total = Pinned<int>(1);
    private readonly int[] _last;
    private readonly long[] _tokens;
    private readonly long[] _positions;
    private readonly List<OrtValue> _bound = [];
    private float[] _scores = [];
    private int _given; // rows of scores each row of the batch has
    private int _taken; // tokens
    private int _width; // tokens that are bound; 0: nothing is

    /// <summary>Makes room.</summary>
    /// <param name="session">The decoder.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="cross">Keys and values of the window that was attended to last.</param>
    /// <param name="rows">Most windows.</param>
    /// <param name="length">Most positions of a window.</param>
    /// <param name="capacity">Most tokens of a row, the prompt's included.</param>
    public DecoderRows(InferenceSession session, FusedShape shape, CrossAttention cross, int rows, int length, int capacity)
    {
        (_session, _shape, _cross, _capacity) = (session, shape, new(shape, cross, rows, length), capacity);
        _said = [.. shape.Names("past").Select(_ => Pinned<float>(rows * Said))];
        (_last, _tokens, _positions) = (Pinned<int>(rows), Pinned<long>(rows * capacity), Pinned<long>(rows * capacity));
        _binding = session.CreateIoBinding();
    }

    /// <summary>Rows in use.</summary>
    public int Count => _cross.Count;

    private int Said => _shape.Heads * _capacity * _shape.HeadSize;

    /// <summary>Bytes that a row takes.</summary>
    public static long BytesOf(FusedShape shape, int length, int capacity) =>
        2L * shape.Layers * shape.Heads * ((length * shape.HeadSize) + (capacity * shape.HeadSize)) * sizeof(float);

    /// <summary>The window that was attended to last becomes another row.</summary>
    public void Add() => _cross.Add();

    /// <summary>Takes the same prompt in for every row.</summary>
    /// <param name="prompt">Tokens.</param>
    /// <param name="firstRow">The first of them whose scores are asked for.</param>
    public void Start(IReadOnlyList<int> prompt, int firstRow)
    {
        _cross.LayOut();
        for (var i = 0; i < Count * prompt.Count; i++) (_tokens[i], _positions[i]) = (prompt[i % prompt.Count], i % prompt.Count);
        (_taken, _given, _firstRow[0]) = (prompt.Count, prompt.Count - firstRow, firstRow);
        Bind(prompt.Count);
        Run();
        _firstRow[0] = 0;
    }

    /// <summary>Takes one more token in for each row.</summary>
    public void Step(ReadOnlySpan<int> tokens)
    {
        for (var i = 0; i < Count; i++) (_tokens[i], _positions[i]) = (tokens[i], _taken);
        (_taken, _given) = (_taken + 1, 1);
        if (_width != 1) Bind(1);
        Run();
    }

    /// <summary>Scores of what follows a row's last token, or one of the prompt's.</summary>
    /// <param name="row">The row.</param>
    /// <param name="token">Of those whose scores were asked for.</param>
    public ReadOnlySpan<float> Scores(int row, int token = 0) => _scores.AsSpan(((row * _given) + token) * _shape.Vocabulary, _shape.Vocabulary);

    /// <summary>Ends a row; the last one takes its number.</summary>
    public void Drop(int row)
    {
        _cross.Drop(row);
        if (row != Count)
            foreach (var memory in _said) memory.AsSpan(Count * Said, Said).CopyTo(memory.AsSpan(row * Said));
        Unbind();
    }

    /// <summary>Keys and values of what a row hears, by the names of the decoder's inputs; valid until a row is dropped.</summary>
    public IEnumerable<(string Name, OrtValue Value)> CrossOf(int row)
    {
        foreach (var (name, value) in _cross.Of(row, 1))
        {
            _bound.Add(value);
            yield return (name, value);
        }
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        _cross.Clear();
        Unbind();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Unbind();
        _binding.Dispose();
        _run.Dispose();
    }

    private void Run()
    {
        _total[0] = _taken;
        _last.AsSpan(0, Count).Fill(_taken - 1);
        _session.RunWithBinding(_run, _binding);
    }

    private void Bind(int tokens)
    {
        Unbind();
        _width = tokens;
        if (_scores.Length < Count * _given * _shape.Vocabulary) _scores = Pinned<float>(Count * _given * _shape.Vocabulary);
        Input("input_ids", Value(_tokens, 0, Count * tokens, [Count, tokens]));
        Input("position_ids", Value(_positions, 0, Count * tokens, [Count, tokens]));
        Input("first_row", Value(_firstRow, 0, 1, [1]));
        Input("last_position", Value(_last, 0, Count, [Count]));
        Input("total", Value(_total, 0, 1, []));
        foreach (var ((past, present), memory) in _shape.Names("past").Zip(_shape.Names("present")).Zip(_said))
        {
            var value = Value(memory, 0, Count * Said, [Count, _shape.Heads, _capacity, _shape.HeadSize]);
            Input(past, value);
            _binding.BindOutput(present, value);
        }

        foreach (var (name, value) in _cross.Of(0, Count)) Input(name, value);
        var scores = Value(_scores, 0, Count * _given * _shape.Vocabulary, [Count, _given, _shape.Vocabulary]);
        _bound.Add(scores);
        _binding.BindOutput("logits", scores);
    }

    private void Input(string name, OrtValue value)
    {
        _bound.Add(value);
        _binding.BindInput(name, value);
    }

    private void Unbind()
    {
        foreach (var value in _bound) value.Dispose();
        _bound.Clear();
        _width = 0;
    }

    private static OrtValue Value<T>(T[] memory, int start, int length, long[] shape)
        where T : unmanaged =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory.AsMemory(start, length), shape);

    private static T[] Pinned<T>(int length)
        where T : unmanaged => GC.AllocateUninitializedArray<T>(length, pinned: true);
}
