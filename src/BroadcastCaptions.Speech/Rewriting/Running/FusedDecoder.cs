using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Rewriting.Running;

/// <summary>
/// Runs the rewritten decoder. All memory is ours: keys and values are written where the past ones lie, so that a step copies
/// nothing and allocates nothing; only a new segment binds anew what is made of its encoding.
/// </summary>
internal sealed class FusedDecoder : ITokenDecoder
{
    private readonly InferenceSession _session;
    private readonly CrossAttention _cross;
    private readonly FusedShape _shape;
    private readonly RunOptions _run = new();
    private readonly OrtIoBinding _step;
    private readonly OrtIoBinding _pass;
    private readonly long[] _token = GC.AllocateArray<long>(1, pinned: true);
    private readonly int[] _last = GC.AllocateArray<int>(1, pinned: true);
    private readonly int[] _total = GC.AllocateArray<int>(1, pinned: true);
    private readonly float[] _row;
    private readonly List<OrtValue> _fixed = [];
    private SelfCache _self;
    private float[] _rows = [];
    private long[] _tokens = [];
    private int _length;

    /// <summary>Loads a rewritten decoder.</summary>
    /// <exception cref="Failures.CaptionsException">A file is missing or damaged.</exception>
    public FusedDecoder(FusedFiles files, SessionOptions options)
    {
        _session = Sessions.Load(files.Decoder, options);
        _shape = FusedShape.Of(_session);
        _cross = new CrossAttention(files.Cross, _shape, options);
        _row = GC.AllocateUninitializedArray<float>(_shape.Vocabulary, pinned: true);
        _step = _session.CreateIoBinding();
        _pass = _session.CreateIoBinding();
        BindScalars();
        _step.BindInput("input_ids", Fixed(_token, [1, 1]));
        _step.BindOutput("logits", Fixed(_row, [1, 1, _shape.Vocabulary]));
        _self = new SelfCache(_shape, 64); // a segment of 8 s takes up to 54
        _self.Bind(_step, _pass);
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
        _self.Dispose();
        _self = new SelfCache(_shape, capacity * 3 / 2);
        _self.Bind(_step, _pass);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Start(ReadOnlySpan<long> tokens)
    {
        var scores = tokens.Length * _shape.Vocabulary;
        if (_rows.Length < scores) _rows = GC.AllocateUninitializedArray<float>(scores + (16 * _shape.Vocabulary), pinned: true);
        if (_tokens.Length < tokens.Length) _tokens = GC.AllocateUninitializedArray<long>(tokens.Length + 16, pinned: true);
        tokens.CopyTo(_tokens);
        using var input = OrtValue.CreateTensorValueFromMemory(_tokens, [1, tokens.Length]);
        using var output = OrtValue.CreateTensorValueFromMemory(_rows, [1, tokens.Length, _shape.Vocabulary]);
        _pass.BindInput("input_ids", input);
        _pass.BindOutput("logits", output);
        Run(_pass, _length = tokens.Length);
        return _rows.AsSpan(0, scores);
    }

    /// <inheritdoc/>
    public void Keep(int count) => _length = count; // what lies behind is written over

    /// <inheritdoc/>
    public ReadOnlySpan<float> Step(long token)
    {
        _token[0] = token;
        Run(_step, ++_length);
        return _row;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _step.Dispose();
        _pass.Dispose();
        _self.Dispose();
        _cross.Dispose();
        _fixed.ForEach(value => value.Dispose());
        _run.Dispose();
        _session.Dispose();
    }

    private void Run(OrtIoBinding binding, int total)
    {
        _total[0] = total;
        _last[0] = total - 1;
        _session.RunWithBinding(_run, binding);
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
