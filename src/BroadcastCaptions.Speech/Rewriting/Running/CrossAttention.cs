using BroadcastCaptions.Speech.Models;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Rewriting.Running;

/// <summary>Keys and values of what was heard: computed once a segment for all layers, into one memory that the decoder reads.</summary>
internal sealed class CrossAttention : IDisposable
{
    /// <summary>Positions for which there is room from the start: what a segment of 12 s has. Untouched it costs nothing, and growing leaves pinned garbage.</summary>
    private const int UsualPositions = 512;

    private readonly InferenceSession _session;
    private readonly FusedShape _shape;
    private readonly string[] _names;
    private readonly RunOptions _run = new();
    private readonly OrtIoBinding _binding;
    private readonly OrtValue[] _parts;
    private float[] _memory = [];

    public CrossAttention(string path, FusedShape shape, SessionOptions options)
    {
        _session = Sessions.Load(path, options);
        _shape = shape;
        _names = [.. shape.Names("cross")];
        _binding = _session.CreateIoBinding();
        _parts = new OrtValue[_names.Length];
    }

    /// <summary>Computes the keys and values of <paramref name="length"/> positions.</summary>
    public void Compute(OrtValue states, int length)
    {
        var part = _shape.Heads * length * _shape.CrossHead;
        if (_memory.Length < part * _parts.Length)
            _memory = GC.AllocateUninitializedArray<float>(part * _parts.Length / length * Math.Max(UsualPositions, length * 3 / 2), pinned: true);
        using var output = OrtValue.CreateTensorValueFromMemory(_memory, [_parts.Length, 1, _shape.Heads, length, _shape.CrossHead]);
        _binding.BindInput("encoder_hidden_states", states);
        _binding.BindOutput("cross", output);
        _session.RunWithBinding(_run, _binding);
        long[] dimensions = [1, _shape.Heads, length, _shape.CrossHead];
        for (var i = 0; i < _parts.Length; i++)
        {
            _parts[i]?.Dispose();
            _parts[i] = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _memory.AsMemory(i * part, part), dimensions);
        }
    }

    /// <summary>The keys and values that were computed last, by the names of the decoder's inputs.</summary>
    public IEnumerable<(string Name, OrtValue Value)> Named => _names.Zip(_parts);

    /// <summary>Binds them to the decoder.</summary>
    public void Bind(params ReadOnlySpan<OrtIoBinding> bindings)
    {
        foreach (var binding in bindings)
            for (var i = 0; i < _parts.Length; i++) binding.BindInput(_names[i], _parts[i]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in _parts) part?.Dispose();
        _binding.Dispose();
        _run.Dispose();
        _session.Dispose();
    }
}
