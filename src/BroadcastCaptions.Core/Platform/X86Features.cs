using System.Runtime.Intrinsics.X86;

namespace BroadcastCaptions.Platform;

/// <summary>
/// The vector instructions of an x86 processor, asked of the processor itself: <c>IsSupported</c> answers a program that was compiled ahead for
/// the machines that it was compiled for, whatever this one has. Bits by Intel's Software Developer's Manual, volume 2A, CPUID.
/// </summary>
public static class X86Features
{
    /// <summary>AVX2: eight floats at once.</summary>
    public static bool Avx2 { get; } = HasAvxState() && Ebx(bit: 5);

    /// <summary>AVX-512 with the parts that every server processor since Skylake has (F, DQ, BW, VL).</summary>
    public static bool Avx512 { get; } = Avx2 && Ebx(bit: 16) && Ebx(bit: 17) && Ebx(bit: 30) && Ebx(bit: 31);

    /// <summary>AVX512-VNNI: products of bytes, added in 32 bits.</summary>
    public static bool Avx512Vnni { get; } = Avx512 && Bit(Leaf(7, 0).Ecx, 11);

    /// <summary>AVX-VNNI: the same without AVX-512.</summary>
    public static bool AvxVnni { get; } = Avx2 && Leaf(7, 0).Eax >= 1 && Bit(Leaf(7, 1).Eax, 4);

    /// <summary>Has the processor AVX, and does the system keep its registers (OSXSAVE)?</summary>
    private static bool HasAvxState() => Bit(Leaf(1, 0).Ecx, 28) && Bit(Leaf(1, 0).Ecx, 27);

    private static bool Ebx(int bit) => Bit(Leaf(7, 0).Ebx, bit);

    private static (int Eax, int Ebx, int Ecx, int Edx) Leaf(int leaf, int part) =>
        X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= leaf ? X86Base.CpuId(leaf, part) : default;

    private static bool Bit(int register, int bit) => ((register >> bit) & 1) == 1;
}
