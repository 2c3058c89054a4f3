using System.Runtime.InteropServices;

namespace BroadcastCaptions.Speech.Decoding;

/// <summary>
/// Memory that the C library lends while a segment is recognised. What is computed between two looks at the encoder takes megabytes: they fit where the
/// encoder's intermediate results lay a moment ago, while memory of our own would stay resident for the whole show.
/// </summary>
internal sealed unsafe class BorrowedFloats : IDisposable
{
    private float* _memory;

    /// <summary>Floats that are borrowed; 0 once they were returned.</summary>
    public int Length { get; private set; }

    /// <summary>Where it begins.</summary>
    public float* Begin => _memory;

    /// <summary>What is borrowed.</summary>
    public ReadOnlySpan<float> Span => new(_memory, Length);

    /// <summary>Borrows room for so many, their content undefined, and returns what was borrowed before.</summary>
    public void Borrow(int length)
    {
        Return();
        _memory = (float*)NativeMemory.Alloc((nuint)length, sizeof(float));
        Length = length;
    }

    /// <summary>Gives it back.</summary>
    public void Return()
    {
        NativeMemory.Free(_memory);
        _memory = null;
        Length = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => Return();
}
