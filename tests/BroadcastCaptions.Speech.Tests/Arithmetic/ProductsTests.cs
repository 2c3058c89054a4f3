using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Tests.Arithmetic;

/// <summary>Products of integers: exact, whatever computes them.</summary>
public sealed unsafe class ProductsTests : IDisposable
{
    private readonly Random _random = new(3);
    private readonly List<nint> _memory = [];
    private readonly IntegerRows _rows = new();

    public void Dispose()
    {
        _memory.ForEach(memory => NativeMemory.AlignedFree((void*)memory));
        _rows.Dispose();
    }

    [Theory]
    [InlineData(288, 864, 1, 0)]
    [InlineData(288, 60, 31, 0)] // a block that is not full
    [InlineData(1664, 416, 5, 2)] // the widest of the decoder: the sums' limit
    [InlineData(64, 96, 4, 0)] // six at once, of which two are none
    [InlineData(2912, 832, 49, 0)] // the widest of the encoder
    [InlineData(17, 33, 2, 1)] // an input and an output more than fit
    [InlineData(40, 32, 100, 0)] // more rows than are gone through at once
    public void They_are_the_same_by_whatever_instructions_and_nearly_those_of_floats(int inputs, int outputs, int count, int first)
    {
        var matrix = Matrix(inputs, outputs, out var weights);
        var rows = Floats(count * inputs, _ => (_random.NextSingle() * 8) - 4);
        _rows.Take(rows, count, inputs);
        var anywhere = Floats((count - first) * outputs, _ => float.NaN);
        var byAvx2 = Floats((count - first) * outputs, _ => float.NaN);
        var chosen = Floats((count - first) * outputs, _ => float.NaN);

        Products.MultiplyAnywhere(_rows, first, count, matrix, 0, outputs, anywhere);
        if (Avx2.IsSupported) Avx2Products<Avx2Sums>.Multiply(_rows, first, count, matrix, 0, outputs, byAvx2);
        Products.Multiply(_rows, first, matrix, chosen); // AVX-VNNI, where the processor has it

        Assert.Equal(Numbers(anywhere), Numbers(chosen));
        if (Avx2.IsSupported) Assert.Equal(Numbers(anywhere), Numbers(byAvx2));
        for (var row = first; row < count; row++)
            for (var output = 0; output < outputs; output++)
            {
                double expected = ((float*)matrix.Biases)[output];
                for (var input = 0; input < inputs; input++) expected += (double)rows[(row * inputs) + input] * weights[(input * outputs) + output];
                Assert.Equal(expected, anywhere[((row - first) * outputs) + output], 2e-3 * Math.Sqrt(inputs));
            }

        float[] Numbers(float* numbers) => new ReadOnlySpan<float>(numbers, (count - first) * outputs).ToArray();
    }

    [Fact]
    public void Parts_make_up_the_whole()
    {
        const int Inputs = 40, Outputs = 100, Count = 9;
        var matrix = Matrix(Inputs, Outputs, out _);
        _rows.Take(Floats(Count * Inputs, _ => _random.NextSingle()), Count, Inputs);
        var whole = Floats(Count * Outputs, _ => float.NaN);
        var parts = Floats(Count * Outputs, _ => float.NaN);

        Products.Multiply(_rows, 0, matrix, whole);
        foreach (var (from, to) in new[] { (32, 64), (64, Outputs), (0, 32) })
        {
            Products.Multiply(_rows, 0, 5, matrix, from, to, parts);
            Products.Multiply(_rows, 5, Count, matrix, from, to, parts + (5 * Outputs));
        }

        Assert.Equal(new ReadOnlySpan<float>(whole, Count * Outputs).ToArray(), new ReadOnlySpan<float>(parts, Count * Outputs).ToArray());
    }

    [Fact]
    public void The_largest_sums_fit()
    {
        const int Inputs = 1664;
        var matrix = Matrix(Inputs, 32, out _, _ => 127);
        var rows = Floats(Inputs, _ => 1);
        _rows.Take(rows, 1, Inputs);
        var products = Floats(32, _ => 0);

        Products.Multiply(_rows, 0, matrix, products);

        Assert.Equal(Inputs * 127 * ((float*)matrix.Scales)[0], products[0] - ((float*)matrix.Biases)[0], 0.5f);
    }

    [Fact]
    public void Rows_of_zeros_and_of_nothing_but_one_number_keep_their_value()
    {
        var matrix = Matrix(16, 8, out var weights);
        var rows = Floats(32, i => i == 20 ? 1e-20f : 0);
        _rows.Take(rows, 2, 16);
        var products = Floats(16, _ => float.NaN);

        Products.Multiply(_rows, 0, matrix, products);

        for (var output = 0; output < 8; output++)
        {
            Assert.Equal(((float*)matrix.Biases)[output], products[output]);
            Assert.Equal(1e-20f * weights[(4 * 8) + output], products[8 + output] - ((float*)matrix.Biases)[output], 1e-6f);
        }
    }

    private IntegerMatrix Matrix(int inputs, int outputs, out float[] weights, Func<int, sbyte>? value = null)
    {
        var values = (sbyte*)Allocate(IntegerMatrix.BytesOf(inputs, outputs));
        NativeMemory.Clear(values, (nuint)IntegerMatrix.BytesOf(inputs, outputs));
        var (scales, biases) = ((nint)Floats(outputs, _ => 0.001f + (_random.NextSingle() * 0.01f)), (nint)Floats(outputs, _ => _random.NextSingle()));
        weights = new float[inputs * outputs];
        for (var i = 0; i < weights.Length; i++)
        {
            var (input, output) = (i / outputs, i % outputs);
            var weight = value?.Invoke(i) ?? (sbyte)_random.Next(-127, 128);
            values[IntegerMatrix.PlaceOf(inputs, input, output)] = weight;
            weights[i] = weight * ((float*)scales)[output];
        }

        return new(inputs, outputs, (nint)values, scales, biases);
    }

    private float* Floats(int count, Func<int, float> number)
    {
        var floats = (float*)Allocate(count * (long)sizeof(float));
        for (var i = 0; i < count; i++) floats[i] = number(i);
        return floats;
    }

    private void* Allocate(long bytes)
    {
        var memory = NativeMemory.AlignedAlloc((nuint)bytes, 64);
        _memory.Add((nint)memory);
        return memory;
    }
}
