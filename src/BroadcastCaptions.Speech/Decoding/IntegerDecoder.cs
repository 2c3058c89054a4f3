using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Decoding;

/// <summary>
/// Moonshine's or a Whisper's decoder in C#: what a step costs is reading the weights once, where a graph spends as long on its products' kernels and on going from
/// node to node. One pass over many tokens scores them bit for bit as steps do. Allocates nothing but where a segment is longer than any before.
/// </summary>
internal sealed unsafe class IntegerDecoder : IForkingDecoder
{
    private const int UsualTokens = 64; // a segment of 8 s takes up to 54

    private readonly PackedDecoder _weights;
    private readonly bool _ownsWeights;
    private readonly int _threads;
    private readonly TokenAttention _listened = new();
    private readonly BorrowedFloats _scores = new();
    private readonly float[] _row;
    private readonly List<KeysAndValues> _texts = []; // one a place
    private readonly KeysAndValues _aside; // a text that is only listened to
    private KeysAndValues _said;
    private KeysAndValues _heard;
    private int _length;

    /// <summary>Loads a decoder.</summary>
    /// <param name="path">Its weights.</param>
    /// <param name="threads">Threads of a pass, the caller's included. Moonshine's is small, and waits for memory: one.</param>
    /// <param name="heads">Layer and head of those that listen to what they are about to say; empty where nobody knows.</param>
    /// <exception cref="Failures.CaptionsException">The file is missing or damaged.</exception>
    /// <exception cref="InvalidDataException">It has not all of the heads.</exception>
    public IntegerDecoder(string path, int threads = 1, IReadOnlyList<(int Layer, int Head)>? heads = null)
        : this(new PackedDecoder(path), threads, weights => Look(weights, heads ?? [])) => _ownsWeights = true;

    private IntegerDecoder(PackedDecoder weights, int threads, Func<PackedDecoder, AligningHeads> heads)
    {
        (_weights, _threads, Heads) = (weights, threads, heads(weights));
        Pass = new(weights, threads, Heads);
        (_heard, _said, _aside) = (new(Sizes), new(Sizes), new(Sizes));
        _texts.Add(_said);
        _row = new float[Sizes.Vocabulary];
        _said.MakeRoom(UsualTokens);
    }

    /// <summary>Its sizes.</summary>
    public DecoderSizes Sizes => _weights.Sizes;

    /// <inheritdoc/>
    public int VocabularySize => Sizes.Vocabulary;

    /// <summary>Those of its heads that listen to what they are about to say.</summary>
    public AligningHeads Heads { get; }

    /// <summary>Does it note what it listens to? Then a token's attention to the sound is not shared by threads.</summary>
    public bool Listens { get; set; } = true;

    /// <summary>What goes through its layers.</summary>
    public DecoderPass Pass { get; }

    /// <summary>A decoder that is to have a twin.</summary>
    /// <exception cref="InvalidOperationException">It is a shipped one, which has none.</exception>
    public static IntegerDecoder Of(ITokenDecoder decoder) => decoder as IntegerDecoder ?? throw new InvalidOperationException("The shipped graphs have no twin.");

    /// <summary>Another over the same weights, for another thread; disposed of before this one.</summary>
    public IntegerDecoder Twin() => new(_weights, _threads, _ => Heads);

    /// <inheritdoc/>
    public void Attend(OrtValue states, int length, int capacity)
    {
        if (_said.Capacity < capacity)
            foreach (var text in _texts) text.MakeRoom(capacity * 3 / 2);
        _length = 0;
        if (Listens) _listened.Begin(_said.Capacity, length);
        fixed (float* rows = states.GetTensorDataAsSpan<float>()) Pass.Hear(rows, length, _heard);
    }

    /// <summary>Gives away what it attends to, for another memory: until it attends to something else it scores nothing.</summary>
    public KeysAndValues Exchange(KeysAndValues other)
    {
        (var heard, _heard) = (_heard, other);
        return heard;
    }

    /// <inheritdoc/>
    public void Use(int place) => _said = Text(place);

    /// <inheritdoc/>
    public void Copy(int from, int to, int count) => Text(from).CopyTo(Text(to), count);

    /// <inheritdoc/>
    public ReadOnlySpan<float> Start(ReadOnlySpan<long> tokens, int firstRow = 0)
    {
        _length = 0;
        _scores.Borrow(checked((tokens.Length - firstRow) * Sizes.Vocabulary));
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
    public ReadOnlySpan<float> Listened(int first, int tokens) => Listens ? _listened.Rows(first, tokens) : [];

    /// <summary>Tells what some heads make of the sound while a text is said; the texts that it goes on with stay as they are.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="scores">Takes it.</param>
    /// <param name="heard">The sound; null: what it attends to.</param>
    public void Listen(ReadOnlySpan<long> tokens, HeadScores scores, KeysAndValues? heard = null)
    {
        heard ??= _heard;
        _aside.MakeRoom(tokens.Length);
        scores.Begin(tokens.Length, heard.Count);
        Pass.Begin(tokens.Length);
        for (var i = 0; i < tokens.Length; i++) Pass.Set(i, tokens[i], _aside, heard, i);
        Pass.Listen(scores);
    }

    /// <inheritdoc/>
    public void Leave()
    {
        _scores.Return();
        _heard.Return();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Pass.Dispose();
        foreach (var text in _texts) text.Dispose();
        _aside.Dispose();
        _heard.Dispose();
        _listened.Dispose();
        _scores.Dispose();
        if (_ownsWeights) _weights.Dispose();
    }

    private KeysAndValues Text(int place)
    {
        while (_texts.Count <= place)
        {
            _texts.Add(new(Sizes));
            _texts[^1].MakeRoom(_texts[0].Capacity);
        }

        return _texts[place];
    }

    private static AligningHeads Look(PackedDecoder weights, IReadOnlyList<(int Layer, int Head)> heads)
    {
        try
        {
            return new(weights.Sizes, heads);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>Takes tokens in behind those that are there.</summary>
    private void Score(ReadOnlySpan<long> tokens, int firstRow, float* scores)
    {
        Pass.Begin(tokens.Length);
        for (var i = 0; i < tokens.Length; i++)
        {
            Pass.Set(i, tokens[i], _said, _heard, _length + i);
            if (Listens) _listened.Row(_length + i).Clear();
        }

        Pass.Score(firstRow, scores, Listens ? _listened : null);
        _length += tokens.Length;
    }
}
