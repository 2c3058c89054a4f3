using System.Runtime.Intrinsics.X86;
using BroadcastCaptions.Platform;

namespace BroadcastCaptions.Speech.Models;

/// <summary>
/// The processor's instructions for products of bytes. Where an x86 processor lacks them, ONNX Runtime adds two products of an unsigned and a
/// signed byte in 16 bits, which holds 2 · 255 · 64 and no more: larger sums are cut off, and words with them. ARM adds in 32 bits.
/// </summary>
public static class Vnni
{
    /// <summary>Does this processor have them (AVX-VNNI or AVX512-VNNI), by the test that ONNX Runtime makes?</summary>
    public static bool IsSupported { get; } = X86Features.AvxVnni || X86Features.Avx512Vnni;

    /// <summary>Are sums of products with signed bytes cut off here?</summary>
    public static bool SumsAreCutOff { get; } = X86Base.IsSupported && !IsSupported;
}
