using System.Runtime.InteropServices;
using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Moonshine.Convolving;

/// <summary>
/// Audio that was heard, and what the second convolution gave for it: both are local, so that audio which goes on needs only its new part
/// convolved. What the norm before it makes of all of the audio comes in afterwards: it is the same factor and shift for all time.
/// </summary>
/// <param name="sizes">The stem's.</param>
internal sealed unsafe class HeardAudio(StemSizes sizes) : IDisposable
{
    private byte* _memory;
    private int _capacity;

    /// <summary>Samples that are there.</summary>
    public int Count { get; private set; }

    /// <summary>When it was asked for last.</summary>
    public long Used { get; set; }

    /// <summary>Bytes that it takes.</summary>
    public long Bytes => BytesOf(_capacity);

    /// <summary>The samples.</summary>
    public float* Samples => (float*)_memory;

    /// <summary>Sum, and sum of squares, of each step's channels behind the first convolution.</summary>
    public float* Moments => Samples + _capacity;

    /// <summary>What the second convolution gives, [steps, outputs].</summary>
    public float* Rows => Moments + (2L * Steps(_capacity));

    /// <summary>How many of its samples, from the first on, another piece of audio begins with.</summary>
    public int CommonWith(ReadOnlySpan<float> samples) =>
        MemoryMarshal.Cast<float, int>(new ReadOnlySpan<float>(Samples, Count)).CommonPrefixLength(MemoryMarshal.Cast<float, int>(samples)); // bit for bit

    /// <summary>Takes the samples of audio in that begins as this does; how much of it the rows already stand for, <see cref="CommonWith"/> says.</summary>
    public void Take(ReadOnlySpan<float> samples)
    {
        MakeRoom(samples.Length);
        samples.CopyTo(new Span<float>(Samples, samples.Length));
        Count = samples.Length;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        _capacity = Count = 0;
    }

    private int Steps(int samples) => sizes.First.Count(samples);

    private long BytesOf(int samples) =>
        sizeof(float) * (samples + (2L * Steps(samples)) + ((long)sizes.Second.Count(Steps(samples)) * sizes.Second.Outputs));

    private void MakeRoom(int samples)
    {
        if (_capacity >= samples) return;
        var old = _memory;
        var moments = Moments;
        var rows = Rows;
        var steps = Steps(_capacity);
        var windows = sizes.Second.Count(steps);
        _capacity = samples * 5 / 4;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)Bytes, PackedFile.Alignment);
        if (old is null) return;
        NativeMemory.Copy(old, Samples, (nuint)Count * sizeof(float));
        NativeMemory.Copy(moments, Moments, (nuint)steps * 2 * sizeof(float));
        NativeMemory.Copy(rows, Rows, (nuint)windows * (nuint)sizes.Second.Outputs * sizeof(float));
        NativeMemory.AlignedFree(old);
    }
}
