namespace BroadcastCaptions.Speech.Rewriting.Extraction;

/// <summary>
/// A constant of the model, whatever its encoding, as 32-bit floats. Decoded only when asked for, and kept by nobody: a model
/// is rewritten with one weight in memory at a time.
/// </summary>
/// <param name="Shape">Dimensions.</param>
/// <param name="Read">Decodes the elements, row-major.</param>
internal sealed record Weight(IReadOnlyList<long> Shape, Func<float[]> Read)
{
    /// <summary>Number of dimensions.</summary>
    public int Rank => Shape.Count;

    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, dimension) => product * dimension);

    /// <summary>Rows of a matrix.</summary>
    public int Rows => (int)Shape[0];

    /// <summary>Columns of a matrix.</summary>
    public int Columns => (int)Shape[1];

    /// <summary>The matrix with rows and columns exchanged.</summary>
    public Weight Transposed() => Transposed([1, 0]);

    /// <summary>The tensor with its axes in another order, as ONNX's Transpose.</summary>
    public Weight Transposed(IReadOnlyList<int> order) =>
        new([.. order.Select(axis => Shape[axis])], () => Permute(Read(), order));

    private float[] Permute(float[] source, IReadOnlyList<int> order)
    {
        var strides = new long[Rank];
        for (long axis = Rank - 1, stride = 1; axis >= 0; stride *= Shape[(int)axis--]) strides[axis] = stride;
        var result = new float[source.Length];
        var position = new long[Rank];
        long from = 0;
        for (var to = 0; to < result.Length; to++)
        {
            result[to] = source[from];
            for (var axis = Rank - 1; axis >= 0; axis--)
            {
                from += strides[order[axis]];
                if (++position[axis] < Shape[order[axis]]) break;
                from -= strides[order[axis]] * position[axis];
                position[axis] = 0;
            }
        }

        return result;
    }
}
