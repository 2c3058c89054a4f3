using System.Runtime.Intrinsics.X86;

namespace BroadcastCaptions.Speech.Models;

/// <summary>
/// The processor's instructions for products of bytes. Where an x86 processor lacks them, ONNX Runtime adds two products of an unsigned and a
/// signed byte in 16 bits, which holds 2 · 255 · 64 and no more: larger sums are cut off, and words with them. ARM adds in 32 bits.
/// </summary>
public static class Vnni
{
    private const int FeatureLeaf = 7;
    private const int Avx512VnniBit = 11; // of ECX

    /// <summary>Does this processor have them (AVX-VNNI or AVX512-VNNI), by the test that ONNX Runtime makes?</summary>
    public static bool IsSupported { get; } = AvxVnni.IsSupported || HasAvx512Vnni();

    /// <summary>Are sums of products with signed bytes cut off here?</summary>
    public static bool SumsAreCutOff { get; } = X86Base.IsSupported && !IsSupported;

    private static bool HasAvx512Vnni() =>
        Avx512F.VL.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported && ((X86Base.CpuId(FeatureLeaf, 0).Ecx >> Avx512VnniBit) & 1) == 1;
}
