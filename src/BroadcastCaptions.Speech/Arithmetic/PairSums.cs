using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BroadcastCaptions.Speech.Arithmetic;

/// <summary>How an x86 processor adds up products of 16-bit integers: the same sums to the bit, by one instruction or by two.</summary>
internal interface IPairSums
{
    /// <summary>Adds to each lane the products of its two pairs of integers.</summary>
    static abstract Vector256<int> Add(Vector256<int> sums, Vector256<short> left, Vector256<short> right);
}

/// <summary>By AVX2.</summary>
internal readonly struct Avx2Sums : IPairSums
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sums, Vector256<short> left, Vector256<short> right) => Avx2.Add(sums, Avx2.MultiplyAddAdjacent(left, right));
}

/// <summary>By AVX-VNNI, which Intel's processors have since 2021 and AMD's since 2024. (AVX-512 has it too, but a program that is compiled ahead cannot ask for that.)</summary>
internal readonly struct VnniSums : IPairSums
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sums, Vector256<short> left, Vector256<short> right) => AvxVnni.MultiplyWideningAndAdd(sums, left, right);
}
