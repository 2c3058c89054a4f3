using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace BroadcastCaptions.Speech.Arithmetic;

/// <summary>Numbers as integers that share a scale.</summary>
internal static unsafe class Integers
{
    /// <summary>The largest that 14 bits hold.</summary>
    public const int Largest = (1 << 13) - 1;

    /// <summary>Rounds numbers so that the largest becomes <paramref name="largest"/>.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="count">How many.</param>
    /// <param name="integers">Takes them.</param>
    /// <param name="largest">At most 32,767.</param>
    /// <returns>What a step is worth.</returns>
    public static float Of(float* numbers, int count, short* integers, int largest)
    {
        var magnitude = MathF.Abs(TensorPrimitives.MaxMagnitude(new ReadOnlySpan<float>(numbers, count)));
        Round(numbers, count, magnitude == 0 ? 0 : largest / magnitude, integers);
        return magnitude / largest;
    }

    /// <summary>Rounds numbers.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="count">How many.</param>
    /// <param name="factor">What they are multiplied by before.</param>
    /// <param name="integers">Takes them.</param>
    public static void Round(float* numbers, int count, float factor, short* integers)
    {
        var i = 0;
        for (; i + Vector128<short>.Count <= count; i += Vector128<short>.Count)
            Vector128.Narrow(Four(numbers + i, factor), Four(numbers + i + Vector128<float>.Count, factor)).Store(integers + i);
        for (; i < count; i++) integers[i] = (short)MathF.Round(numbers[i] * factor);
    }

    private static Vector128<int> Four(float* numbers, float factor) => Vector128.ConvertToInt32(Vector128.Round(Vector128.Load(numbers) * factor));
}
