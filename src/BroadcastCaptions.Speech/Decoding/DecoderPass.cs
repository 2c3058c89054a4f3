using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Decoding;

/// <summary>
/// One pass through a decoder's layers: of tokens that stand behind one another in a text, or that each go on a text of their own. Products are sums of integers, so that
/// tokens score the same bit for bit however many there are, and whoever computes them. Allocates nothing but where there are more tokens than ever before.
/// </summary>
internal sealed unsafe class DecoderPass : IDisposable
{
    private const int Chunk = 48; // positions whose keys and values are made at a time: they stay in the nearest cache
    private const int PiecesAWorker = 4;

    private readonly PackedDecoder _weights;
    private readonly DecoderSizes _sizes;
    private readonly Rotary? _rotary;
    private readonly IntegerRows _rows = new();
    private readonly Scratch _scratch;
    private readonly Crew _crew;
    private readonly Worker[] _workers;
    private readonly AligningHeads _heads;
    private readonly Action<int, int> _multiply, _attend, _attendAll, _hear;
    private Place[] _places = [];
    private int _count;
    private KeysAndValues? _heard; // what is being heard
    private IntegerMatrix _matrix; // what is being multiplied with, from a row on, so many outputs a piece
    private int _firstRow;
    private int _share;
    private float* _products;
    private int _layer; // which attends, to the text or to the sound
    private bool _toSound;
    private TokenAttention? _listened;
    private HeadScores? _asked;

    /// <summary>Makes room.</summary>
    /// <param name="weights">They must outlive it.</param>
    /// <param name="threads">Threads that share the work, the caller's included.</param>
    /// <param name="heads">Those that listen to what they are about to say.</param>
    public DecoderPass(PackedDecoder weights, int threads, AligningHeads heads)
    {
        (_weights, _sizes, _heads) = (weights, weights.Sizes, heads);
        if (_sizes.Frequencies > 0) _rotary = new(new(weights.Frequencies, _sizes.Frequencies));
        (_scratch, _crew) = (new(_sizes), new(threads));
        _workers = [.. Enumerable.Range(0, threads).Select(_ => new Worker(_sizes, Chunk))];
        (_multiply, _attend, _attendAll, _hear) = (MultiplyPart, AttendOne, AttendAll, HearPart);
    }

    /// <summary>Makes keys and values of what the encoder heard.</summary>
    /// <param name="states">[length, width].</param>
    /// <param name="length">Positions.</param>
    /// <param name="heard">Takes them.</param>
    public void Hear(float* states, int length, KeysAndValues heard)
    {
        heard.Hear(length);
        _heard = heard;
        _rows.Take(states, length, _sizes.Width);
        _crew.Run(_sizes.Layers * Chunks(length), _hear);
    }

    /// <summary>Begins with so many tokens: each is set, then they are scored.</summary>
    public void Begin(int tokens)
    {
        if (_places.Length < tokens) _places = new Place[tokens * 2];
        _count = tokens;
        _scratch.MakeRoom(tokens);
    }

    /// <summary>Sets a token.</summary>
    /// <param name="i">Its number in this pass.</param>
    /// <param name="token">The token.</param>
    /// <param name="said">The text that it goes on, with room for it.</param>
    /// <param name="heard">The sound that the text is of.</param>
    /// <param name="at">Its place in the text: all before it are there, or come before it in this pass.</param>
    public void Set(int i, long token, KeysAndValues said, KeysAndValues heard, int at)
    {
        if (at >= said.Capacity || (_sizes.IsWhisper && at >= _sizes.Positions)) throw new InvalidOperationException("More tokens came than were announced, or than the model has places for.");
        if ((ulong)token >= (ulong)_sizes.Vocabulary) throw new ArgumentException($"There is no token {token}.", nameof(token));
        _places[i] = new(said, heard, at);
        var vector = _scratch.Sum + ((long)i * _sizes.Width);
        _weights.Logits.Read((int)token, vector);
        if (_sizes.IsWhisper) TensorPrimitives.Add(Row(vector, 0, _sizes.Width), new ReadOnlySpan<float>(_weights.Positions + ((long)at * _sizes.Width), _sizes.Width), Row(vector, 0, _sizes.Width));
        _rotary?.MakeRoom(said.Capacity);
        foreach (var worker in _workers) worker.Attention.MakeRoom(Math.Max(heard.Count, said.Capacity));
    }

    /// <summary>Scores what follows each token.</summary>
    /// <param name="firstRow">The first token whose scores are asked for.</param>
    /// <param name="scores">Takes them, [tokens from it on, vocabulary].</param>
    /// <param name="listened">Takes how much the aligning heads of each token listened to each position; null for nobody.</param>
    public void Score(int firstRow, float* scores, TokenAttention? listened = null)
    {
        _listened = listened;
        for (var i = 0; i < _sizes.Layers; i++) Pass(_weights.Layers[i], i);
        Normalize(_weights.FinalNorm);
        Multiply(firstRow, _weights.Logits, scores);
        _listened = null;
    }

    /// <summary>Tells what some heads make of the sound, and scores no tokens.</summary>
    /// <param name="asked">Takes it.</param>
    public void Listen(HeadScores asked)
    {
        _asked = asked;
        for (var i = 0; i <= asked.Heads.LastLayer; i++) Pass(_weights.Layers[i], i);
        _asked = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _crew.Dispose();
        foreach (var worker in _workers) worker.Dispose();
        _rows.Dispose();
        _scratch.Dispose();
    }

    private void Pass(in PackedLayer layer, int index)
    {
        Normalize(layer.SelfNorm);
        Multiply(0, layer.QueryKeyValue, _scratch.Output);
        for (var i = 0; i < _count; i++) Remember(index, i);
        Attend(index, toSound: false);
        AddProduct(_scratch.Input, layer.SelfOut);
        Normalize(layer.CrossNorm);
        Multiply(0, layer.CrossQuery, _scratch.Output);
        Attend(index, toSound: true);
        AddProduct(_scratch.Input, layer.CrossOut);
        Normalize(layer.FeedNorm);
        Multiply(0, layer.Up, _scratch.Output);
        for (var i = 0; i < _count; i++) Activate(i);
        AddProduct(_scratch.Hidden, layer.Down);
    }

    private void Normalize(in PackedNorm norm)
    {
        for (var i = 0; i < _count; i++) Norms.Apply(Row(_scratch.Sum, i, _sizes.Width), norm, _sizes.Epsilon, Row(_scratch.Input, i, _sizes.Width));
        _rows.Take(_scratch.Input, _count, _sizes.Width);
    }

    private void Multiply(int firstRow, in IntegerMatrix matrix, float* products)
    {
        (_firstRow, _matrix) = (firstRow, matrix);
        _products = products;
        var blocks = (matrix.Outputs + IntegerMatrix.Block - 1) / IntegerMatrix.Block;
        var pieces = _crew.Workers == 1 ? 1 : Math.Min(blocks, PiecesAWorker * _crew.Workers);
        _share = (blocks + pieces - 1) / pieces * IntegerMatrix.Block;
        _crew.Run((matrix.Outputs + _share - 1) / _share, _multiply);
    }

    private void MultiplyPart(int worker, int piece) =>
        Products.Multiply(_rows, _firstRow, _rows.Count, _matrix, piece * _share, Math.Min((piece + 1) * _share, _matrix.Outputs), _products);

    /// <summary>Keeps a token's key and value for those behind it.</summary>
    private void Remember(int layer, int row)
    {
        var query = _scratch.Output + (3L * row * _sizes.Width);
        var (said, _, at) = _places[row];
        _rotary?.Turn(new(query, 2 * _sizes.Width), _sizes.HeadSize, at); // the key behind it, too
        said.Put(layer, at, query + _sizes.Width);
    }

    private void Attend(int layer, bool toSound)
    {
        (_layer, _toSound) = (layer, toSound);
        if (toSound && _listened is not null) _crew.Run(_count, _attendAll);
        else _crew.Run(_count * _sizes.Heads, _attend);
    }

    /// <summary>All heads of a token by the same thread: what they listened to is added up.</summary>
    private void AttendAll(int worker, int row)
    {
        for (var head = 0; head < _sizes.Heads; head++) AttendOne(worker, (row * _sizes.Heads) + head);
    }

    private void AttendOne(int worker, int piece)
    {
        var (row, head) = (piece / _sizes.Heads, piece % _sizes.Heads);
        var (said, heard, at) = _places[row];
        var attention = _workers[worker].Attention;
        var query = _scratch.Output + ((_toSound ? 1L : 3L) * row * _sizes.Width) + (head * _sizes.HeadSize);
        var mixed = _scratch.Input + ((long)row * _sizes.Width) + (head * _sizes.HeadSize);
        if (!_toSound) attention.Mix(query, said, _layer, head, at + 1, mixed);
        else if (_listened is not null && _heads.PlaceOf(_layer, head) >= 0) attention.Mix(query, heard, _layer, head, heard.Count, mixed, _listened.Row(at));
        else attention.Mix(query, heard, _layer, head, heard.Count, mixed, scores: _asked is null ? null : _asked.Of(_layer, head, row));
    }

    private void Activate(int row)
    {
        var hidden = Row(_scratch.Hidden, row, _sizes.Hidden);
        if (_sizes.IsWhisper)
        {
            Row(_scratch.Output, row, _sizes.Hidden).CopyTo(hidden);
            Gelu.Apply(hidden);
            return;
        }

        ReadOnlySpan<float> gated = Row(_scratch.Output, 2 * row, _sizes.Hidden);
        ReadOnlySpan<float> gate = Row(_scratch.Output, (2 * row) + 1, _sizes.Hidden);
        TensorPrimitives.Sigmoid(gate, hidden);
        TensorPrimitives.Multiply(hidden, gate, hidden);
        TensorPrimitives.Multiply(hidden, gated, hidden);
    }

    private void AddProduct(float* rows, in IntegerMatrix matrix)
    {
        _rows.Take(rows, _count, matrix.Inputs);
        Multiply(0, matrix, _scratch.Output);
        var sum = new Span<float>(_scratch.Sum, _count * _sizes.Width);
        TensorPrimitives.Add(sum, new ReadOnlySpan<float>(_scratch.Output, sum.Length), sum);
    }

    private void HearPart(int worker, int piece)
    {
        var (layer, first) = (piece / Chunks(_rows.Count), piece % Chunks(_rows.Count) * Chunk);
        var (end, own) = (Math.Min(first + Chunk, _rows.Count), _workers[worker]);
        var matrix = _weights.Layers[layer].CrossKeyValue;
        Products.Multiply(_rows, first, end, matrix, 0, matrix.Outputs, own.Both);
        _heard!.PutAll(layer, first, own.Both, end - first, own.Integers);
    }

    private static int Chunks(int length) => (length + Chunk - 1) / Chunk;

    private static Span<float> Row(float* rows, int row, int width) => new(rows + ((long)row * width), width);

    /// <summary>Where a token stands.</summary>
    private readonly record struct Place(KeysAndValues Said, KeysAndValues Heard, int At);

    /// <summary>What each thread has for itself.</summary>
    private sealed class Worker(DecoderSizes sizes, int positions) : IDisposable
    {
        /// <summary>Keys and values of some positions.</summary>
        public float* Both { get; } = (float*)NativeMemory.AlignedAlloc((nuint)(2 * sizes.Width * positions) * sizeof(float), PackedFile.Alignment);

        /// <summary>Two positions' integers.</summary>
        public short* Integers { get; } = (short*)NativeMemory.AlignedAlloc((nuint)(2 * sizes.Width) * sizeof(short), PackedFile.Alignment);

        public Attention Attention { get; } = new(sizes);

        public void Dispose()
        {
            NativeMemory.AlignedFree(Both);
            NativeMemory.AlignedFree(Integers);
            Attention.Dispose();
        }
    }
}
