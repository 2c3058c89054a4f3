using System.Runtime.InteropServices;

namespace BroadcastCaptions.Speech.Moonshine.Decoding;

/// <summary>Keys and values of every layer, [positions, keys then values]: of what was said, or of what was heard.</summary>
/// <param name="sizes">The decoder's.</param>
internal sealed unsafe class KeysAndValues(DecoderSizes sizes) : IDisposable
{
    private float* _memory;

    /// <summary>Positions that it has room for.</summary>
    public int Capacity { get; private set; }

    /// <summary>From a position to the next.</summary>
    public int Stride => 2 * sizes.Width;

    /// <summary>Makes room; where there was less, what was kept is lost.</summary>
    public void MakeRoom(int positions)
    {
        if (Capacity >= positions) return;
        Return();
        _memory = (float*)NativeMemory.AlignedAlloc((nuint)((long)sizes.Layers * Stride * positions) * sizeof(float), DecoderSizes.Alignment);
        Capacity = positions;
    }

    /// <summary>A layer's keys at a position; the values lie a width behind.</summary>
    public float* At(int layer, int position) => _memory + ((((long)layer * Capacity) + position) * Stride);

    /// <summary>Gives the memory back.</summary>
    public void Return()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        Capacity = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => Return();
}
