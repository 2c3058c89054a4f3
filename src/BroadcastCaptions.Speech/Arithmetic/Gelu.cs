using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BroadcastCaptions.Speech.Arithmetic;

/// <summary>x · Φ(x), Φ the normal distribution: the activation of transformers.</summary>
internal static class Gelu
{
    /// <summary>Applies it in place.</summary>
    public static void Apply(Span<float> numbers)
    {
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(numbers);
        for (var i = 0; i < vectors.Length; i++) vectors[i] = Of(vectors[i]);
        var rest = numbers[(vectors.Length * Vector256<float>.Count)..];
        if (rest.IsEmpty) return;
        Span<float> last = stackalloc float[Vector256<float>.Count];
        rest.CopyTo(last);
        Of(Vector256.Create<float>(last)).CopyTo(last);
        last[..rest.Length].CopyTo(rest);
    }

    /// <summary>x/2 + |x|/2 · erf(|x|/√2), erf within 1.5e-7: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26.</summary>
    private static Vector256<float> Of(Vector256<float> x)
    {
        var size = Vector256.Abs(x);
        var z = size * 0.70710678f;
        var t = Vector256<float>.One / (Vector256<float>.One + (z * 0.3275911f));
        var sum = ((((((((t * 1.061405429f) - Vector256.Create(1.453152027f)) * t) + Vector256.Create(1.421413741f)) * t) - Vector256.Create(0.284496736f)) * t)
            + Vector256.Create(0.254829592f)) * t;
        var erf = Vector256<float>.One - (sum * Vector256.Exp(-(z * z)));
        return (x + (size * erf)) * 0.5f;
    }
}
