using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Models;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Moonshine;

/// <summary>
/// A decoder as it is shipped, Moonshine's or Whisper's: one graph whose two branches are the first pass (many tokens, no cache) and the
/// next step (one token, cache), or two graphs. All memory is ours and fixed; the two caches change places at each step.
/// </summary>
internal sealed class MergedDecoder : ITokenDecoder
{
    private readonly InferenceSession _session;
    private readonly InferenceSession _next; // the same one where the graph is merged
    private readonly DecoderShape _shape;
    private readonly CacheNames _names;
    private readonly RunOptions _run = new();
    private readonly KeyValueCache _nothing;
    private readonly OrtValue _firstPass = OrtValue.CreateTensorValueFromMemory(new[] { false }, [1]);
    private readonly OrtValue _nextStep = OrtValue.CreateTensorValueFromMemory(new[] { true }, [1]);
    private readonly long[] _token = GC.AllocateArray<long>(1, pinned: true);
    private readonly OrtValue _tokenTensor;
    private readonly bool _takesStates;
    private readonly float[] _row;
    private readonly OrtValue _rowTensor;
    private KeyValueCache[] _caches;
    private StepBinding?[] _steps = [];
    private KeyValueCache _cross;
    private float[] _rows = [];
    private OrtValue? _states;
    private int _crossLength;
    private int _generation;
    private int _current;
    private int _length;

    /// <summary>Loads a decoder.</summary>
    /// <param name="path">decoder_model_merged.onnx.</param>
    /// <param name="threads">Threads of one inference.</param>
    /// <param name="nextPath">decoder_with_past_model.onnx where the two are apart: then the other is decoder_model.onnx.</param>
    /// <param name="device">What computes.</param>
    public MergedDecoder(string path, int threads, string? nextPath = null, Device device = Device.Cpu)
    {
        using var options = Sessions.Options(threads, device);
        // Constant weights are then unpacked once, at load, not at every step.
        options.AddSessionConfigEntry("session.disable_quant_qdq", "1");
        _session = Sessions.Load(path, options);
        _next = nextPath is null ? _session : Sessions.Load(nextPath, options);
        _shape = DecoderShape.Of(_next, nextPath ?? path);
        _takesStates = _next.InputMetadata.ContainsKey("encoder_hidden_states");
        _names = new(_shape.Layers);
        _nothing = new(_shape, capacity: 0);
        _cross = new(_shape, capacity: 0);
        _tokenTensor = OrtValue.CreateTensorValueFromMemory(_token, [1, 1]);
        _row = GC.AllocateUninitializedArray<float>(_shape.Vocabulary, pinned: true);
        _rowTensor = OrtValue.CreateTensorValueFromMemory(_row, [1, 1, _shape.Vocabulary]);
        _caches = [new(_shape, 0), new(_shape, 0)];
        Grow(64); // a segment of 8 s takes up to 54
    }

    public int VocabularySize => _shape.Vocabulary;

    /// <summary>Its sizes.</summary>
    public DecoderShape Shape => _shape;

    private bool IsMerged => ReferenceEquals(_session, _next);

    public void Attend(OrtValue states, int length, int capacity)
    {
        _states = states;
        _generation++;
        _crossLength = length;
        if (_cross.Capacity < length)
        {
            _cross.Dispose();
            _cross = new(_shape, length * 3 / 2);
        }

        if (_caches[0].Capacity < capacity) Grow(capacity * 3 / 2);
    }

    public ReadOnlySpan<float> Start(ReadOnlySpan<long> tokens, int firstRow = 0)
    {
        if (_rows.Length < tokens.Length * _shape.Vocabulary)
            _rows = GC.AllocateUninitializedArray<float>((tokens.Length + 16) * _shape.Vocabulary, pinned: true);
        using var input = OrtValue.CreateTensorValueFromMemory(tokens.ToArray(), [1, tokens.Length]);
        using var output = OrtValue.CreateTensorValueFromMemory(_rows, [1, tokens.Length, _shape.Vocabulary]);
        using var binding = _session.CreateIoBinding();
        binding.BindInput("input_ids", input);
        binding.BindInput("encoder_hidden_states", _states!);
        if (IsMerged)
        {
            binding.BindInput("use_cache_branch", _firstPass);
            CacheNames.Bind(binding.BindInput, _names.PastDecoder, _nothing.OfLength(0));
            CacheNames.Bind(binding.BindInput, _names.PastEncoder, _nothing.OfLength(0));
        }

        binding.BindOutput("logits", output);
        CacheNames.Bind(binding.BindOutput, _names.PresentDecoder, _caches[0].OfLength(tokens.Length));
        CacheNames.Bind(binding.BindOutput, _names.PresentEncoder, _cross.OfLength(_crossLength));
        _session.RunWithBinding(_run, binding);
        _current = 0;
        _length = tokens.Length;
        return _rows.AsSpan(firstRow * _shape.Vocabulary, (tokens.Length - firstRow) * _shape.Vocabulary);
    }

    public void Keep(int count)
    {
        if (count < _length) _caches[_current].Shorten(_length, count);
        _length = count;
    }

    public ReadOnlySpan<float> Step(long token)
    {
        _token[0] = token;
        var step = _steps[(2 * _length) + _current] ??= NewStep();
        step.Refresh(_generation, _takesStates ? _states : null, _cross.OfLength(_crossLength));
        _next.RunWithBinding(_run, step.Binding);
        _current = 1 - _current;
        _length++;
        return _row;
    }

    public void Dispose()
    {
        DisposeSteps();
        foreach (var cache in (KeyValueCache[])[.. _caches, _cross, _nothing]) cache.Dispose();
        foreach (var value in (OrtValue[])[_firstPass, _nextStep, _tokenTensor, _rowTensor]) value.Dispose();
        _run.Dispose();
        if (!IsMerged) _next.Dispose();
        _session.Dispose();
    }

    private void Grow(int capacity)
    {
        DisposeSteps();
        foreach (var cache in _caches) cache.Dispose();
        _caches = [new(_shape, capacity), new(_shape, capacity)];
        _steps = new StepBinding[2 * (capacity + 1)];
    }

    private void DisposeSteps()
    {
        foreach (var step in _steps) step?.Dispose();
    }

    private StepBinding NewStep()
    {
        var binding = _next.CreateIoBinding();
        binding.BindInput("input_ids", _tokenTensor);
        if (IsMerged) binding.BindInput("use_cache_branch", _nextStep);
        binding.BindOutput("logits", _rowTensor);
        CacheNames.Bind(binding.BindInput, _names.PastDecoder, _caches[_current].OfLength(_length));
        CacheNames.Bind(binding.BindOutput, _names.PresentDecoder, _caches[1 - _current].OfLength(_length + 1));
        return new(binding, _names);
    }
}
