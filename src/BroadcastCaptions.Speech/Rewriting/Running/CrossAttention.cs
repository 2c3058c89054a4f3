using BroadcastCaptions.Speech.Models;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Rewriting.Running;

/// <summary>Keys and values of what was heard: computed once a segment for all layers, into one memory that the decoder reads.</summary>
internal sealed class CrossAttention : IDisposable
{
    private readonly InferenceSession _session;
    private readonly bool _ownsSession;
    private readonly FusedShape _shape;
    private readonly string[] _names;
    private readonly RunOptions _run = new();
    private readonly OrtIoBinding _binding;
    private readonly OrtValue[] _parts;
    private readonly BorrowedFloats _memory = new();
    private float[] _zeros = [];
    private OrtValue? _mask; // all was heard

    public CrossAttention(string path, FusedShape shape, SessionOptions options)
        : this(Sessions.Load(path, options), shape) => _ownsSession = true;

    private CrossAttention(InferenceSession session, FusedShape shape)
    {
        _session = session;
        _shape = shape;
        _names = [.. shape.Names("cross")];
        _binding = _session.CreateIoBinding();
        _parts = new OrtValue[_names.Length];
    }

    /// <summary>Another over the same weights, for another thread; disposed of before this one.</summary>
    public CrossAttention Twin() => new(_session, _shape);

    /// <summary>Positions that were computed last.</summary>
    public int Length { get; private set; }

    /// <summary>Computes the keys and values of <paramref name="length"/> positions.</summary>
    public void Compute(OrtValue states, int length)
    {
        Length = length;
        var part = _shape.Heads * length * _shape.HeadSize;
        if (_memory.Length < part * _parts.Length) _memory.Borrow(checked(part * _parts.Length));
        var half = part * _shape.Layers; // keys, then values
        long[] value = [1, _shape.Heads, length, _shape.HeadSize];
        long[] key = [1, _shape.Heads, _shape.HeadSize, length]; // turned
        using var keys = _memory.Tensor(0, half, [_shape.Layers, .. key]);
        using var values = _memory.Tensor(half, half, [_shape.Layers, .. value]);
        _binding.BindInput("encoder_hidden_states", states);
        _binding.BindOutput("cross_keys", keys);
        _binding.BindOutput("cross_values", values);
        _session.RunWithBinding(_run, _binding);
        Unmask(length);
        for (var i = 0; i < _parts.Length; i++)
        {
            _parts[i]?.Dispose();
            _parts[i] = i % 2 == 0 ? _memory.Tensor(i / 2 * part, part, key) : _memory.Tensor(half + (i / 2 * part), part, value);
        }
    }

    /// <summary>Gives their memory back: nobody attends to them any more.</summary>
    public void Leave() => _memory.Return();

    /// <summary>The keys and values that were computed last, by the names of the decoder's inputs; then the mask.</summary>
    public IEnumerable<(string Name, OrtValue Value)> Named => _names.Zip(_parts).Append((FusedShape.MaskName, _mask!));

    /// <summary>Binds them to the decoder.</summary>
    public void Bind(params ReadOnlySpan<OrtIoBinding> bindings)
    {
        foreach (var binding in bindings)
        {
            for (var i = 0; i < _parts.Length; i++) binding.BindInput(_names[i], _parts[i]);
            binding.BindInput(FusedShape.MaskName, _mask);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in _parts) part?.Dispose();
        _mask?.Dispose();
        _memory.Dispose();
        _binding.Dispose();
        _run.Dispose();
        if (_ownsSession) _session.Dispose();
    }

    private void Unmask(int length)
    {
        if (_zeros.Length < length) _zeros = GC.AllocateArray<float>(length, pinned: true);
        _mask?.Dispose();
        _mask = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _zeros.AsMemory(0, length), [1, 1, 1, length]);
    }
}
