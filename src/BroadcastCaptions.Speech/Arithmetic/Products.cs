using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BroadcastCaptions.Speech.Arithmetic;

/// <summary>
/// Products of rows of 14-bit integers with 8-bit weights. A single row is bound by how quickly weights come from the memory, which ONNX Runtime's
/// own product is not (by its profile, tiny's last product takes 0.6 ms on an EPYC, this one some 0.2).
/// </summary>
internal static unsafe class Products
{
    /// <summary>Multiplies.</summary>
    /// <param name="rows">What is multiplied.</param>
    /// <param name="first">The first of them that is wanted.</param>
    /// <param name="matrix">The weights.</param>
    /// <param name="products">Takes them: [rows wanted, outputs].</param>
    public static void Multiply(IntegerRows rows, int first, in IntegerMatrix matrix, float* products) => Multiply(rows, first, rows.Count, matrix, 0, matrix.Outputs, products);

    /// <summary>Multiplies a part: threads share a product.</summary>
    /// <param name="rows">What is multiplied.</param>
    /// <param name="first">The first of them that is wanted.</param>
    /// <param name="end">Behind the last.</param>
    /// <param name="matrix">The weights.</param>
    /// <param name="from">The first output that is wanted, a block's first.</param>
    /// <param name="to">Behind the last, a block's last or the matrix's.</param>
    /// <param name="products">Takes them where they stand in the whole: [rows wanted, outputs].</param>
    public static void Multiply(IntegerRows rows, int first, int end, in IntegerMatrix matrix, int from, int to, float* products)
    {
        if (AvxVnni.IsSupported) Avx2Products<VnniSums>.Multiply(rows, first, end, matrix, from, to, products);
        else if (Avx2.IsSupported) Avx2Products<Avx2Sums>.Multiply(rows, first, end, matrix, from, to, products);
        else MultiplyAnywhere(rows, first, end, matrix, from, to, products);
    }

    /// <summary>The same for processors of any kind: ARM, and x86 without AVX2.</summary>
    public static void MultiplyAnywhere(IntegerRows rows, int first, int end, in IntegerMatrix matrix, int from, int to, float* products)
    {
        var sums = stackalloc int[IntegerMatrix.Block];
        for (var output = from; output < to; output += IntegerMatrix.Block)
            for (var row = first; row < end; row++)
            {
                for (var i = 0; i < IntegerMatrix.Block; i += Vector128<int>.Count)
                    Sums(rows.Pairs(row), matrix.BlockAt(output) + (2 * i), matrix.Pairs).Store(sums + i);
                Scale(sums, rows.Scales[row], matrix, output, products + ((long)(row - first) * matrix.Outputs) + output);
            }
    }

    /// <summary>Makes a block's sums the numbers that they stand for.</summary>
    /// <param name="sums">[<see cref="IntegerMatrix.Block"/>].</param>
    /// <param name="scale">What a step of the row is worth.</param>
    /// <param name="matrix">The weights.</param>
    /// <param name="output">The first output.</param>
    /// <param name="products">Takes as many as there are outputs left.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale(int* sums, float scale, in IntegerMatrix matrix, int output, float* products)
    {
        var scales = (float*)matrix.Scales + output;
        var biases = (float*)matrix.Biases + output;
        var count = Math.Min(IntegerMatrix.Block, matrix.Outputs - output);
        var i = 0;
        for (; i + Vector128<float>.Count <= count; i += Vector128<float>.Count)
            ((Vector128.ConvertToSingle(Vector128.Load(sums + i)) * (scale * Vector128.Load(scales + i))) + Vector128.Load(biases + i)).Store(products + i);
        for (; i < count; i++) products[i] = (sums[i] * (scale * scales[i])) + biases[i];
    }

    private static Vector128<int> Sums(int* row, sbyte* weights, int pairs)
    {
        var sums = Vector128<int>.Zero;
        for (var i = 0; i < pairs; i++, weights += 2 * IntegerMatrix.Block)
        {
            var bytes = Vector128.CreateScalarUnsafe(*(long*)weights).AsSByte();
            sums += LaneProducts.Pairs(Vector128.WidenLower(bytes), row[i]);
        }

        return sums;
    }
}
