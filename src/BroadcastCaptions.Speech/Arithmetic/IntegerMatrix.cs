namespace BroadcastCaptions.Speech.Arithmetic;

/// <summary>
/// A constant matrix in 8 bits, in the order in which it is read: blocks of <see cref="Block"/> outputs, in each the weights of two inputs for all of its
/// outputs, then those of the next two. It owns none of the memory.
/// </summary>
/// <param name="Inputs">Width of what is multiplied.</param>
/// <param name="Outputs">Width of the product.</param>
/// <param name="Values">[blocks, pairs of inputs, <see cref="Block"/>, 2], filled up with zeros.</param>
/// <param name="Scales">What a step of an output's weights is worth, [outputs].</param>
/// <param name="Biases">Added to the product, [outputs].</param>
internal readonly unsafe record struct IntegerMatrix(int Inputs, int Outputs, nint Values, nint Scales, nint Biases)
{
    /// <summary>Outputs that stand together: two weights of each fill a line of the processor's cache.</summary>
    public const int Block = 32;

    /// <summary>Pairs of inputs.</summary>
    public int Pairs => PairsOf(Inputs);

    /// <summary>Pairs of so many inputs.</summary>
    public static int PairsOf(int inputs) => (inputs + 1) / 2;

    /// <summary>Bytes of a matrix.</summary>
    public static long BytesOf(int inputs, int outputs) => (outputs + Block - 1L) / Block * Block * 2 * PairsOf(inputs);

    /// <summary>Where a weight stands.</summary>
    public static long PlaceOf(int inputs, int input, int output) =>
        ((((output / Block * (long)PairsOf(inputs)) + (input / 2)) * Block) + (output % Block)) * 2 + (input % 2);

    /// <summary>The weights of the block that begins with an output.</summary>
    public sbyte* BlockAt(int output) => (sbyte*)Values + PlaceOf(Inputs, 0, output);

    /// <summary>Takes the weights of an output as they are, one vector: a token's, where the last product's matrix is the table of tokens.</summary>
    public void Read(int output, float* vector)
    {
        var (scale, values) = (((float*)Scales)[output], Values);
        for (var i = 0; i < Inputs; i++) vector[i] = ((sbyte*)values)[PlaceOf(Inputs, i, output)] * scale;
    }
}
