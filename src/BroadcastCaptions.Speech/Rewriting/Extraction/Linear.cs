using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Extraction;

/// <summary>A product of an activation with a constant matrix, plus an optional bias: y = x · W + b.</summary>
/// <param name="Source">Name of x, before any quantisation of it.</param>
/// <param name="Weight">W, [inputs, outputs].</param>
/// <param name="Bias">b, [outputs]; null for none.</param>
/// <param name="Product">Name of x · W.</param>
/// <param name="Output">Name of y; the product's where there is no bias.</param>
internal sealed record Linear(string Source, Weight Weight, Weight? Bias, string Product, string Output)
{
    /// <summary>Width of x.</summary>
    public int Inputs => Weight.Rows;

    /// <summary>Width of y.</summary>
    public int Outputs => Weight.Columns;

    /// <summary>The biases of products side by side, zeros where one has none; null where none has.</summary>
    public static float[]? Biases(IReadOnlyList<Linear> parts) => parts.All(part => part.Bias is null)
        ? null
        : [.. parts.SelectMany(part => part.Bias?.Read() ?? new float[part.Outputs])];
}

/// <summary>Finds the products with constant matrices, however the export writes them.</summary>
internal sealed class LinearFinder(GraphScope scope, ConstantFolder constants)
{
    /// <summary>Every linear product of the graph, by the names of its product and of its output.</summary>
    public Dictionary<string, Linear> Find()
    {
        var found = new Dictionary<string, Linear>();
        foreach (var node in scope.Nodes)
        {
            if (Match(node) is not { Weight.Rank: 2 } bare) continue;
            var linear = WithBias(bare with { Source = Unwrap(bare.Source) });
            found[linear.Product] = linear;
            found[linear.Output] = linear;
        }

        return found;
    }

    private Linear? Match(OnnxNode node) => node.OpType switch
    {
        "MatMul" => Plain(node, constants.Fold(node.Input(1))),
        "Gemm" => Gemm(node),
        "MatMulNBits" => NBits(node),
        "MatMulInteger" => Integer(node),
        "MatMulIntegerToFloat" => Quantized(node, scale: 3, zero: 5, bias: 6),
        "DynamicQuantizeMatMul" => Quantized(node, scale: 2, zero: 3, bias: 4),
        _ => null,
    };

    private static Linear? Plain(OnnxNode node, Weight? weight, Weight? bias = null) =>
        weight is null ? null : new Linear(node.Input(0), weight, bias, node.Outputs[0], node.Outputs[0]);

    private Linear? Gemm(OnnxNode node)
    {
        if (node.Attribute("transA")?.Int == 1 || node.Attribute("alpha")?.Float is { } and not 1) return null;
        var weight = constants.Fold(node.Input(1));
        return Plain(node, node.Attribute("transB")?.Int == 1 ? weight?.Transposed() : weight, constants.Fold(node.Input(2)));
    }

    private Linear? NBits(OnnxNode node)
    {
        if (constants.Fold(node.Input(1)) is not { } packed || constants.Fold(node.Input(2)) is not { } scale) return null;
        var (rows, columns) = (node.Attribute("K")?.Int ?? 0, node.Attribute("N")?.Int ?? 0);
        var (bits, block) = (node.Attribute("bits")?.Int ?? 4, node.Attribute("block_size")?.Int ?? 32);
        var weight = Quantization.DecodeBlocks(packed, scale, constants.Fold(node.Input(3)), (int)rows, (int)columns, (int)bits, (int)block);
        return Plain(node, weight, constants.Fold(node.Input(5)));
    }

    private Linear? Quantized(OnnxNode node, int scale, int zero, int bias)
    {
        if (constants.Fold(node.Input(1)) is not { } integers || constants.Fold(node.Input(scale)) is not { } scales) return null;
        return Plain(node, Quantization.Decode(integers, scales, constants.Fold(node.Input(zero)), axis: 1), constants.Fold(node.Input(bias)));
    }

    /// <summary>DynamicQuantizeLinear → MatMulInteger → Cast → Mul by (activation's scale × weight's scale).</summary>
    private Linear? Integer(OnnxNode node)
    {
        if (constants.Fold(node.Input(1)) is not { } integers) return null;
        var cast = scope.Consumers(node.Outputs[0]).FirstOrDefault(reader => reader.OpType == "Cast");
        var scaled = cast is null ? null : scope.Consumers(cast.Outputs[0]).FirstOrDefault(reader => reader.OpType == "Mul");
        if (cast is null || scaled is null) return null;
        var factor = scope.Producer(scaled.Inputs.First(input => input != cast.Outputs[0]));
        if (factor?.Inputs.Select(constants.Fold).FirstOrDefault(weight => weight is not null) is not { } scale) return null;
        var weight = Quantization.Decode(integers, scale, constants.Fold(node.Input(3)), axis: 1);
        return new Linear(node.Input(0), weight, null, scaled.Outputs[0], scaled.Outputs[0]);
    }

    private string Unwrap(string value) // to what was there before it was quantised or cast
    {
        while (scope.Producer(value) is { OpType: "Cast" or "Identity" or "QuantizeLinear" or "DequantizeLinear" or "DynamicQuantizeLinear" } node)
            value = node.Input(0);
        return value;
    }

    private Linear WithBias(Linear linear)
    {
        if (linear.Bias is not null) return linear;
        foreach (var add in scope.Consumers(linear.Product).Where(reader => reader.OpType == "Add"))
            if (constants.Fold(add.Inputs.First(input => input != linear.Product)) is { Rank: 1 } bias && bias.Shape[0] == linear.Outputs)
                return linear with { Bias = bias, Output = add.Outputs[0] };
        return linear;
    }
}
