using System.Runtime.InteropServices;

namespace BroadcastCaptions.Speech.Arithmetic;

/// <summary>
/// Rows of numbers as integers of 14 bits, each row with a scale of its own. Products with 8-bit weights then fit 32 bits, so that they are exact in
/// whatever order and on whatever processor they are added up: a row scores the same alone and among others.
/// </summary>
internal sealed unsafe class IntegerRows : IDisposable
{
    /// <summary>Rows behind the last that may be read, whatever stands there: products go through several at once.</summary>
    public const int Spare = 5;

    private const int LargestWeight = 128;

    private int _capacity;

    /// <summary>The integers, [rows, <see cref="Stride"/>].</summary>
    public short* Values { get; private set; }

    /// <summary>What a step of each row is worth.</summary>
    public float* Scales { get; private set; }

    /// <summary>Rows that were taken in last.</summary>
    public int Count { get; private set; }

    /// <summary>Distance of two rows.</summary>
    public int Stride { get; private set; }

    /// <summary>A row's integers, two at a time.</summary>
    public int* Pairs(int row) => (int*)(Values + ((long)row * Stride));

    /// <summary>Takes rows in.</summary>
    /// <param name="rows">[count, width].</param>
    /// <param name="count">How many.</param>
    /// <param name="width">Numbers of each.</param>
    public void Take(float* rows, int count, int width) => Take(rows, count, width, width);

    /// <summary>Takes rows in that overlap: a convolution's windows.</summary>
    /// <param name="rows">The first.</param>
    /// <param name="count">How many.</param>
    /// <param name="width">Numbers of each.</param>
    /// <param name="distance">From a row's first number to the next one's.</param>
    public void Take(float* rows, int count, int width, int distance)
    {
        (Count, Stride) = (count, 2 * IntegerMatrix.PairsOf(width));
        MakeRoom((count + Spare) * (Stride + (sizeof(float) / sizeof(short))));
        Scales = (float*)(Values + ((count + Spare) * Stride));
        var largest = Math.Min(Integers.Largest, int.MaxValue / LargestWeight / width);
        for (var i = 0; i < count; i++)
        {
            var row = Values + ((long)i * Stride);
            Scales[i] = Integers.Of(rows + ((long)i * distance), width, row, largest);
            if (Stride > width) row[width] = 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(Values);
        Values = null;
        Scales = null;
        _capacity = 0;
    }

    private void MakeRoom(int shorts)
    {
        if (_capacity >= shorts) return;
        NativeMemory.AlignedFree(Values);
        Values = (short*)NativeMemory.AlignedAlloc((nuint)(_capacity = shorts * 3 / 2) * sizeof(short), 64);
    }
}
