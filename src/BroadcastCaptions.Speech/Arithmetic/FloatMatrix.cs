using System.Runtime.InteropServices;

namespace BroadcastCaptions.Speech.Arithmetic;

/// <summary>
/// A constant matrix of floats, in the order in which <see cref="FloatProducts"/> reads it: blocks of <see cref="Block"/> outputs, in each an input's weights for
/// all of its outputs, then the next one's.
/// </summary>
internal sealed unsafe class FloatMatrix : IDisposable
{
    /// <summary>Outputs that stand together: a line of the processor's cache.</summary>
    public const int Block = 16;

    /// <summary>Takes weights in.</summary>
    /// <param name="inputs">Width of what is multiplied.</param>
    /// <param name="outputs">Width of the product.</param>
    /// <param name="weight">A weight by its input and output.</param>
    /// <param name="bias">What is added to the product; empty: nothing.</param>
    public FloatMatrix(int inputs, int outputs, Func<int, int, float> weight, ReadOnlySpan<float> bias)
    {
        (Inputs, Outputs) = (inputs, (outputs + Block - 1) / Block * Block);
        var count = (nuint)(inputs + 1) * (nuint)Outputs;
        Values = (float*)NativeMemory.AlignedAlloc(count * sizeof(float), PackedFile.Alignment);
        NativeMemory.Clear(Values, count * sizeof(float));
        Biases = Values + ((long)inputs * Outputs);
        bias.CopyTo(new(Biases, outputs));
        for (var output = 0; output < outputs; output++)
            for (var input = 0; input < inputs; input++)
                BlockAt(output)[(input * Block) + (output % Block)] = weight(input, output);
    }

    /// <summary>Width of what is multiplied.</summary>
    public int Inputs { get; }

    /// <summary>Width of the product: whole blocks, filled up with zeros.</summary>
    public int Outputs { get; }

    /// <summary>Added to the product, [outputs].</summary>
    public float* Biases { get; }

    private float* Values { get; set; }

    /// <summary>The weights of the block that an output stands in, [inputs, <see cref="Block"/>].</summary>
    public float* BlockAt(int output) => Values + ((long)(output / Block) * Block * Inputs);

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(Values);
        Values = null;
    }
}
