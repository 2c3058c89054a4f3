using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Moonshine;

/// <summary>
/// Fixed memory for one set of keys and values of every layer, and tensors over it for every length, made once each:
/// the graph wants exact lengths, and making tensors at every step would be garbage.
/// </summary>
internal sealed class KeyValueCache : IDisposable
{
    private readonly DecoderShape _shape;
    private readonly float[][] _memory;
    private readonly OrtValue[]?[] _tensors;

    /// <summary>Room for <paramref name="capacity"/> positions.</summary>
    public KeyValueCache(DecoderShape shape, int capacity)
    {
        _shape = shape;
        Capacity = capacity;
        // At least one element even for no positions: a tensor wants an address.
        var size = shape.Heads * Math.Max(1, capacity) * shape.HeadSize;
        _memory = [.. Enumerable.Range(0, 2 * shape.Layers).Select(_ => GC.AllocateUninitializedArray<float>(size, pinned: true))];
        _tensors = new OrtValue[capacity + 1][];
    }

    /// <summary>Positions it has room for.</summary>
    public int Capacity { get; }

    /// <summary>Tensors of that length, keys and values in turn, layer after layer.</summary>
    public OrtValue[] OfLength(int length) => _tensors[length] ??=
        [.. _memory.Select(memory => OrtValue.CreateTensorValueFromMemory(memory, [1, _shape.Heads, length, _shape.HeadSize]))];

    /// <summary>Moves what is there for <paramref name="length"/> positions together to its first <paramref name="kept"/>.</summary>
    public void Shorten(int length, int kept)
    {
        var (from, to) = (length * _shape.HeadSize, kept * _shape.HeadSize);
        foreach (var memory in _memory)
            for (var head = 1; head < _shape.Heads; head++)
                memory.AsSpan(head * from, to).CopyTo(memory.AsSpan(head * to));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensors in _tensors)
            foreach (var tensor in tensors ?? []) tensor.Dispose();
    }
}
