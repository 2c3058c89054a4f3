using System.Runtime.InteropServices;
using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Decoding;

/// <summary>Memory for what is between two products, of as many rows as have been asked for at once.</summary>
/// <param name="sizes">The decoder's.</param>
internal sealed unsafe class Scratch(DecoderSizes sizes) : IDisposable
{
    private float* _memory;
    private int _rows;

    /// <summary>The residual stream, [rows, width].</summary>
    public float* Sum => _memory;

    /// <summary>What goes into a product, [rows, width].</summary>
    public float* Input => Sum + ((long)_rows * sizes.Width);

    /// <summary>What comes out of it, [rows, the widest].</summary>
    public float* Output => Input + ((long)_rows * sizes.Width);

    /// <summary>The feed-forward behind its activation, [rows, hidden].</summary>
    public float* Hidden => Output + ((long)_rows * Widest);

    private int Widest => Math.Max(3 * sizes.Width, sizes.Up);

    /// <summary>Makes room for so many rows; where there was less, what was there is lost.</summary>
    public void MakeRoom(int rows)
    {
        if (_rows >= rows) return;
        _rows = rows;
        NativeMemory.AlignedFree(_memory);
        _memory = (float*)NativeMemory.AlignedAlloc((nuint)((long)_rows * ((2 * sizes.Width) + Widest + sizes.Hidden)) * sizeof(float), PackedFile.Alignment);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        _rows = 0;
    }
}
