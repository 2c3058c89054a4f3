using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Rewriting.Running;

/// <summary>
/// Keys and values of what was said: one memory a layer that is past and present at once. GroupQueryAttention then only adds
/// the new rows.
/// </summary>
internal sealed class SelfCache : IDisposable
{
    private readonly FusedShape _shape;
    private readonly float[][] _memory;
    private readonly OrtValue[] _values;

    /// <summary>Room for <paramref name="capacity"/> tokens.</summary>
    public SelfCache(FusedShape shape, int capacity)
    {
        (_shape, Capacity) = (shape, capacity);
        long[] dimensions = [1, shape.Heads, capacity, shape.HeadSize];
        _memory = [.. Enumerable.Range(0, 2 * shape.Layers).Select(_ => GC.AllocateArray<float>(shape.Heads * capacity * shape.HeadSize, pinned: true))];
        _values = [.. _memory.Select(memory => OrtValue.CreateTensorValueFromMemory(memory, dimensions))];
    }

    /// <summary>Tokens that it has room for.</summary>
    public int Capacity { get; }

    /// <summary>Binds the memory as what is read and what is written.</summary>
    public void Bind(params ReadOnlySpan<OrtIoBinding> bindings)
    {
        foreach (var binding in bindings)
        {
            foreach (var (name, value) in _shape.Names("past").Zip(_values)) binding.BindInput(name, value);
            foreach (var (name, value) in _shape.Names("present").Zip(_values)) binding.BindOutput(name, value);
        }
    }

    /// <summary>Copies the first tokens to a cache of the same capacity.</summary>
    public void CopyTo(SelfCache other, int count)
    {
        for (var i = 0; i < _memory.Length; i++)
            for (var head = 0; head < _shape.Heads; head++)
                _memory[i].AsSpan(head * Capacity * _shape.HeadSize, count * _shape.HeadSize).CopyTo(other._memory[i].AsSpan(head * Capacity * _shape.HeadSize));
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_values, value => value.Dispose());
}
