using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Rewriting.Running;

/// <summary>
/// Runs the rewritten Whisper decoder. All memory is ours: keys and values are written where the past ones lie, so that a step copies
/// nothing and allocates nothing; only a new segment binds anew what is made of its encoding.
/// </summary>
internal sealed class FusedDecoder : IForkingDecoder
{
    /// <summary>Beyond so many windows at once a row's step hardly becomes cheaper: tiny.en, 2 threads: 1.1 ms alone, 0.9 of four, 0.9 of eight.</summary>
    private const int UsefulRows = 8;

    private readonly InferenceSession _session;
    private readonly bool _ownsSession;
    private readonly CrossAttention _cross;
    private readonly FusedShape _shape;
    private readonly RunOptions _run = new();
    private readonly OrtIoBinding _step;
    private readonly OrtIoBinding _pass;
    private readonly long[] _token = GC.AllocateArray<long>(1, pinned: true);
    private readonly long[] _position = GC.AllocateArray<long>(1, pinned: true);
    private readonly long[] _firstRow = GC.AllocateArray<long>(1, pinned: true);
    private readonly int[] _last = GC.AllocateArray<int>(1, pinned: true);
    private readonly int[] _total = GC.AllocateArray<int>(1, pinned: true);
    private readonly float[] _row;
    private readonly BorrowedFloats _rows = new();
    private readonly List<OrtValue> _fixed = [];
    private readonly List<SelfCache> _texts = []; // one a place
    private SelfCache _self;
    private long[] _tokens = [];
    private long[] _positions = [];
    private int _length;

    /// <summary>Loads a rewritten decoder.</summary>
    /// <exception cref="Failures.CaptionsException">A file is missing or damaged.</exception>
    public FusedDecoder(FusedFiles files, SessionOptions options)
        : this(Sessions.Load(files.Decoder, options), shape => new CrossAttention(files.Cross, shape, options)) => _ownsSession = true;

    private FusedDecoder(InferenceSession session, Func<FusedShape, CrossAttention> cross)
    {
        _session = session;
        _shape = FusedShape.Of(_session);
        _cross = cross(_shape);
        _row = GC.AllocateUninitializedArray<float>(_shape.Vocabulary, pinned: true);
        _step = _session.CreateIoBinding();
        _pass = _session.CreateIoBinding();
        BindScalars();
        _step.BindInput("input_ids", Fixed(_token, [1, 1]));
        _step.BindInput("position_ids", Fixed(_position, [1, 1]));
        _step.BindInput("first_row", Fixed(new long[1], [1]));
        _pass.BindInput("first_row", Fixed(_firstRow, [1]));
        _step.BindOutput("logits", Fixed(_row, [1, 1, _shape.Vocabulary]));
        _texts.Add(_self = new SelfCache(_shape, 64));
        _self.Bind(_step, _pass);
    }

    /// <summary>A decoder that is to have a twin.</summary>
    /// <exception cref="InvalidOperationException">It is a shipped one, which has none.</exception>
    public static FusedDecoder Of(ITokenDecoder decoder) => decoder as FusedDecoder ?? throw new InvalidOperationException("The shipped graphs have no twin.");

    /// <summary>Another over the same weights, for another thread; disposed of before this one.</summary>
    public FusedDecoder Twin() => new(_session, _ => _cross.Twin());

    /// <summary>Keys and values of the segment that it attends to.</summary>
    public CrossAttention Cross => _cross;

    /// <summary>The same decoder over several windows at once.</summary>
    /// <param name="rows">How many at most; null: as many as pay and take no more than <paramref name="memory"/>.</param>
    /// <param name="length">Most positions of a window.</param>
    /// <param name="capacity">Most tokens of a row, the prompt's included.</param>
    /// <param name="memory">Bytes.</param>
    public (DecoderRows Decoder, int Rows) Rows(int? rows, int length, int capacity, long memory)
    {
        var count = rows ?? (int)Math.Clamp(memory / DecoderRows.BytesOf(_shape, length, capacity), 1, UsefulRows);
        return (new(_session, _shape, _cross, count, length, capacity), count);
    }

    /// <inheritdoc/>
    public int VocabularySize => _shape.Vocabulary;

    /// <inheritdoc/>
    public void Attend(OrtValue states, int length, int capacity)
    {
        _cross.Compute(states, length);
        _cross.Bind(_step, _pass);
        _length = 0;
        if (_self.Capacity >= capacity) return;
        _texts.ForEach(text => text.Dispose());
        _texts.Clear();
        _texts.Add(_self = new SelfCache(_shape, capacity * 3 / 2));
        _self.Bind(_step, _pass);
    }

    /// <inheritdoc/>
    public void Use(int place)
    {
        if (ReferenceEquals(_self, Text(place))) return;
        _self = Text(place);
        _self.Bind(_step, _pass);
    }

    /// <inheritdoc/>
    public void Copy(int from, int to, int count) => Text(from).CopyTo(Text(to), count);

    /// <inheritdoc/>
    public ReadOnlySpan<float> Start(ReadOnlySpan<long> tokens, int firstRow = 0)
    {
        var rows = tokens.Length - firstRow;
        if (_tokens.Length < tokens.Length) MakeRoom(tokens.Length + 16);
        tokens.CopyTo(_tokens);
        _firstRow[0] = firstRow;
        using var input = OrtValue.CreateTensorValueFromMemory(_tokens, [1, tokens.Length]);
        using var positions = OrtValue.CreateTensorValueFromMemory(_positions, [1, tokens.Length]);
        _rows.Borrow(checked(rows * _shape.Vocabulary));
        using var output = _rows.Tensor(0, _rows.Length, [1, rows, _shape.Vocabulary]);
        _pass.BindInput("input_ids", input);
        _pass.BindInput("position_ids", positions);
        _pass.BindOutput("logits", output);
        Run(_pass, _length = tokens.Length);
        return _rows.Span;
    }

    /// <inheritdoc/>
    public void Keep(int count)
    {
        _length = count; // what lies behind is written over
        _rows.Return();
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Step(long token)
    {
        (_token[0], _position[0]) = (token, _length);
        Run(_step, ++_length);
        return _row;
    }

    /// <inheritdoc/>
    public void Leave()
    {
        _rows.Return();
        _cross.Leave();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _step.Dispose();
        _pass.Dispose();
        _texts.ForEach(text => text.Dispose());
        _cross.Dispose();
        _rows.Dispose();
        _fixed.ForEach(value => value.Dispose());
        _run.Dispose();
        if (_ownsSession) _session.Dispose();
    }

    private SelfCache Text(int place)
    {
        while (_texts.Count <= place) _texts.Add(new SelfCache(_shape, _self.Capacity));
        return _texts[place];
    }

    private void Run(OrtIoBinding binding, int total)
    {
        _total[0] = total;
        _last[0] = total - 1;
        _session.RunWithBinding(_run, binding);
    }

    private void MakeRoom(int tokens)
    {
        _tokens = GC.AllocateUninitializedArray<long>(tokens, pinned: true);
        _positions = GC.AllocateUninitializedArray<long>(tokens, pinned: true);
        for (var i = 0; i < tokens; i++) _positions[i] = i;
    }

    private void BindScalars()
    {
        var (last, total) = (Fixed(_last, [1]), Fixed(_total, []));
        foreach (var binding in (OrtIoBinding[])[_step, _pass])
        {
            binding.BindInput("last_position", last);
            binding.BindInput("total", total);
        }
    }

    private OrtValue Fixed<T>(T[] memory, long[] shape)
        where T : unmanaged
    {
        var value = OrtValue.CreateTensorValueFromMemory(memory, shape);
        _fixed.Add(value);
        return value;
    }
}
