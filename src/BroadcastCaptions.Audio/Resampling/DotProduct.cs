using System.Numerics;
using System.Runtime.InteropServices;

namespace BroadcastCaptions.Audio.Resampling;

/// <summary>
/// The resampler's inner loop. The order of the additions depends on nothing but the length, so that the same samples
/// give the same bits wherever they lie in memory (a library's dot product does not promise that).
/// </summary>
internal static class DotProduct
{
    /// <summary>The next length that this loop takes: a multiple of the vector's width.</summary>
    public static int Padded(int length) => (length + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    /// <summary>Sum of products; both lengths equal and <see cref="Padded"/>.</summary>
    public static float Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var width = Vector<float>.Count;
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b[..a.Length]);
        var (s0, s1, s2, s3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i <= a.Length - (4 * width); i += 4 * width)
        {
            s0 += Load(ref x, i) * Load(ref y, i);
            s1 += Load(ref x, i + width) * Load(ref y, i + width);
            s2 += Load(ref x, i + (2 * width)) * Load(ref y, i + (2 * width));
            s3 += Load(ref x, i + (3 * width)) * Load(ref y, i + (3 * width));
        }

        for (; i <= a.Length - width; i += width) s0 += Load(ref x, i) * Load(ref y, i);
        return Vector.Sum(s0 + s1 + (s2 + s3));
    }

    private static Vector<float> Load(ref float start, int index) => Vector.LoadUnsafe(ref start, (nuint)index);
}
