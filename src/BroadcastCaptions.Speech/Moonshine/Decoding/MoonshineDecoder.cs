using System.Numerics.Tensors;
using BroadcastCaptions.Speech.Arithmetic;
using BroadcastCaptions.Speech.Rewriting.Running;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Moonshine.Decoding;

/// <summary>
/// Moonshine's decoder in C#: what a step costs is reading the weights once, where a graph spends as long on its products' kernels and on going from
/// node to node. Products are sums of integers, so that one pass over many tokens scores them bit for bit as steps do. Allocates nothing but where a segment is
/// longer than any before.
/// </summary>
internal sealed unsafe class MoonshineDecoder : ITokenDecoder
{
    private const int UsualTokens = 64; // a segment of 8 s takes up to 54

    private readonly PackedDecoder _weights;
    private readonly bool _ownsWeights;
    private readonly DecoderSizes _sizes;
    private readonly Rotary _rotary;
    private readonly IntegerRows _rows = new();
    private readonly Scratch _scratch;
    private readonly KeysAndValues _said;
    private readonly KeysAndValues _heard;
    private readonly Attention _attention;
    private readonly TokenAttention _listened = new();
    private readonly BorrowedFloats _scores = new();
    private readonly float[] _row;
    private int _positions;
    private int _length;

    /// <summary>Loads a decoder.</summary>
    /// <exception cref="Failures.CaptionsException">The file is missing or damaged.</exception>
    public MoonshineDecoder(string path)
        : this(new PackedDecoder(path)) => _ownsWeights = true;

    private MoonshineDecoder(PackedDecoder weights)
    {
        (_weights, _sizes) = (weights, weights.Sizes);
        _rotary = new(new(weights.Frequencies, _sizes.Frequencies));
        (_scratch, _said, _heard, _attention) = (new(_sizes), new(_sizes), new(_sizes), new(_sizes));
        _row = new float[_sizes.Vocabulary];
        MakeRoom(UsualTokens);
    }

    /// <inheritdoc/>
    public int VocabularySize => _sizes.Vocabulary;

    /// <summary>Another over the same weights, for another thread; disposed of before this one.</summary>
    public MoonshineDecoder Twin() => new(_weights);

    /// <inheritdoc/>
    public void Attend(OrtValue states, int length, int capacity)
    {
        if (_said.Capacity < capacity) MakeRoom(capacity * 3 / 2);
        (_length, _positions) = (0, length);
        _heard.MakeRoom(length);
        _attention.MakeRoom(Math.Max(length, _said.Capacity));
        _listened.Begin(_said.Capacity, length);
        fixed (float* rows = states.GetTensorDataAsSpan<float>()) _rows.Take(rows, length, _sizes.Width);
        _scores.Borrow(2 * _sizes.Width * length);
        for (var i = 0; i < _sizes.Layers; i++)
        {
            Products.Multiply(_rows, 0, _weights.Layers[i].CrossKeyValue, _scores.Begin);
            _heard.PutAll(i, _scores.Begin, length);
        }

        _scores.Return();
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Start(ReadOnlySpan<long> tokens, int firstRow = 0)
    {
        _length = 0;
        _scores.Borrow(checked((tokens.Length - firstRow) * _sizes.Vocabulary));
        Score(tokens, firstRow, _scores.Begin);
        return _scores.Span;
    }

    /// <inheritdoc/>
    public void Keep(int count)
    {
        _length = count; // what lies behind is written over
        _scores.Return();
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Step(long token)
    {
        fixed (float* row = _row) Score([token], 0, row);
        return _row;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Listened(int tokens) => _listened.Rows(tokens);

    /// <inheritdoc/>
    public void Leave()
    {
        _scores.Return();
        _heard.Return();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _scratch.Dispose();
        _said.Dispose();
        _heard.Dispose();
        _attention.Dispose();
        _listened.Dispose();
        _scores.Dispose();
        if (_ownsWeights) _weights.Dispose();
    }

    private void MakeRoom(int tokens)
    {
        _said.MakeRoom(tokens);
        _rotary.MakeRoom(_said.Capacity);
    }

    /// <summary>Takes tokens in behind those that are there.</summary>
    private void Score(ReadOnlySpan<long> tokens, int firstRow, float* scores)
    {
        var count = tokens.Length;
        if (_length + count > _said.Capacity) throw new InvalidOperationException("More tokens came than were announced.");
        _scratch.MakeRoom(count);
        for (var i = 0; i < count; i++)
        {
            if ((ulong)tokens[i] >= (ulong)_sizes.Vocabulary) throw new ArgumentException($"There is no token {tokens[i]}.", nameof(tokens));
            _weights.Logits.Read((int)tokens[i], _scratch.Sum + ((long)i * _sizes.Width));
            _listened.Row(_length + i).Clear();
        }

        for (var i = 0; i < _sizes.Layers; i++) Pass(_weights.Layers[i], i, count);
        Normalize((nint)_weights.FinalNorm, count);
        Products.Multiply(_rows, firstRow, _weights.Logits, scores);
        _length += count;
    }

    private void Pass(in PackedLayer layer, int index, int count)
    {
        Normalize(layer.SelfNorm, count);
        Products.Multiply(_rows, 0, layer.QueryKeyValue, _scratch.Output);
        for (var i = 0; i < count; i++) AttendToText(index, i);
        AddProduct(_scratch.Input, layer.SelfOut, count);
        Normalize(layer.CrossNorm, count);
        Products.Multiply(_rows, 0, layer.CrossQuery, _scratch.Output);
        for (var i = 0; i < count; i++)
            Mix(_scratch.Output + ((long)i * _sizes.Width), _heard, index, _positions, i, KnowsWhere(index) ? _listened.Row(_length + i) : []);
        AddProduct(_scratch.Input, layer.CrossOut, count);
        Normalize(layer.FeedNorm, count);
        Products.Multiply(_rows, 0, layer.Up, _scratch.Output);
        for (var i = 0; i < count; i++) Gate(i);
        AddProduct(_scratch.Gated, layer.Down, count);
    }

    private void Normalize(nint scale, int count)
    {
        for (var i = 0; i < count; i++)
            Norms.Apply(Row(_scratch.Sum, i, _sizes.Width), new(((float*)scale), _sizes.Width), _sizes.Epsilon, Row(_scratch.Input, i, _sizes.Width));
        _rows.Take(_scratch.Input, count, _sizes.Width);
    }

    private void AttendToText(int layer, int row)
    {
        var query = _scratch.Output + (3L * row * _sizes.Width);
        var turned = new Span<float>(query, 2 * _sizes.Width); // the key behind it, too
        _rotary.Turn(turned, _sizes.HeadSize, _length + row);
        _said.Put(layer, _length + row, query + _sizes.Width);
        Mix(query, _said, layer, _length + row + 1, row);
    }

    /// <summary>
    /// Do a layer's heads listen to what they are about to say? Those of the upper half do, as the reference takes it of a Whisper of which it knows nothing better. Measured against
    /// words.tsv (220 words, tiny and base): all of them, the median of a word's end is 48 and 46 ms off; the eight best, which it would take a table for, 48 and 44.
    /// </summary>
    private bool KnowsWhere(int layer) => 2 * layer >= _sizes.Layers;

    private void Mix(float* query, KeysAndValues from, int layer, int count, int row, Span<float> listened = default)
    {
        var mixed = _scratch.Input + ((long)row * _sizes.Width);
        for (var head = 0; head < _sizes.Heads; head++)
            _attention.Mix(query + (head * _sizes.HeadSize), from, layer, head, count, mixed + (head * _sizes.HeadSize), listened);
    }

    private void Gate(int row)
    {
        ReadOnlySpan<float> hidden = Row(_scratch.Output, 2 * row, _sizes.Hidden);
        ReadOnlySpan<float> gate = Row(_scratch.Output, (2 * row) + 1, _sizes.Hidden);
        var gated = Row(_scratch.Gated, row, _sizes.Hidden);
        TensorPrimitives.Sigmoid(gate, gated);
        TensorPrimitives.Multiply(gated, gate, gated);
        TensorPrimitives.Multiply(gated, hidden, gated);
    }

    private void AddProduct(float* rows, in IntegerMatrix matrix, int count)
    {
        _rows.Take(rows, count, matrix.Inputs);
        Products.Multiply(_rows, 0, matrix, _scratch.Output);
        var sum = new Span<float>(_scratch.Sum, count * _sizes.Width);
        TensorPrimitives.Add(sum, new ReadOnlySpan<float>(_scratch.Output, sum.Length), sum);
    }

    private static Span<float> Row(float* rows, int row, int width) => new(rows + ((long)row * width), width);
}
