using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Extraction;

/// <summary>
/// Says what is constant in a graph, and what it is worth: initializers and the operators that exports put behind them
/// (Cast from fp16, DequantizeLinear, Transpose of a shared embedding, Reshape …).
/// </summary>
internal sealed class ConstantFolder(GraphScope scope)
{
    /// <summary>The constant behind a value; null where the value depends on what is fed, or on operators unknown here.</summary>
    public Weight? Fold(string value)
    {
        if (scope.Constant(value) is { } tensor) return new Weight(tensor.Dimensions, () => Numbers.Floats(tensor));
        if (scope.Producer(value) is not { } node) return null;
        return node.OpType switch
        {
            "Identity" or "Cast" => Fold(node.Input(0)),
            "Transpose" => Fold(node.Input(0)) is { } source ? source.Transposed(Order(node, source.Rank)) : null,
            "Reshape" => Fold(node.Input(0)) is { } source && Fold(node.Input(1)) is { } shape ? Reshape(source, shape.Read()) : null,
            "Unsqueeze" or "Squeeze" => Fold(node.Input(0)) is { } source ? Squeeze(node, source) : null,
            "DequantizeLinear" => Dequantize(node),
            "Mul" => Combine(node, (a, b) => a * b),
            "Add" => Combine(node, (a, b) => a + b),
            _ => null,
        };
    }

    /// <summary>The only number of a constant; null where the value is no constant of one element.</summary>
    public float? Scalar(string value) => Fold(value) is { Count: 1 } constant ? constant.Read()[0] : null;

    private static List<int> Order(OnnxNode node, int rank) =>
        node.Attribute("perm")?.Ints is { } order ? order.ConvertAll(axis => (int)axis) : [.. Enumerable.Range(0, rank).Reverse()];

    private static Weight Reshape(Weight source, float[] shape)
    {
        var target = new long[shape.Length];
        for (var i = 0; i < shape.Length; i++) target[i] = shape[i] == 0 ? source.Shape[i] : (long)shape[i];
        var known = target.Where(dimension => dimension > 0).Aggregate(1L, (product, dimension) => product * dimension);
        return new Weight([.. target.Select(dimension => dimension > 0 ? dimension : source.Count / known)], source.Read);
    }

    /// <summary>A constant with a single number, as exports put behind their 8-bit convolutions.</summary>
    private Weight? Combine(OnnxNode node, Func<float, float, float> operation)
    {
        if (Fold(node.Input(1)) is not { Count: 1 } number || Fold(node.Input(0)) is not { } source) return null;
        return new Weight(source.Shape, () =>
        {
            var (values, other) = (source.Read(), number.Read()[0]);
            for (var i = 0; i < values.Length; i++) values[i] = operation(values[i], other);
            return values;
        });
    }

    private Weight? Squeeze(OnnxNode node, Weight source)
    {
        var axes = node.Attribute("axes")?.Ints ?? Fold(node.Input(1))?.Read().Select(axis => (long)axis).ToList();
        if (axes is null) return null;
        var shape = source.Shape.ToList();
        if (node.OpType == "Squeeze")
            foreach (var axis in axes.Select(axis => axis < 0 ? axis + source.Rank : axis).OrderDescending()) shape.RemoveAt((int)axis);
        else
            foreach (var axis in axes.Select(axis => axis < 0 ? axis + source.Rank + axes.Count : axis).Order()) shape.Insert((int)axis, 1);
        return new Weight(shape, source.Read);
    }

    private Weight? Dequantize(OnnxNode node)
    {
        if (Fold(node.Input(0)) is not { } quantized || Fold(node.Input(1)) is not { } scale) return null;
        var zero = node.Input(2).Length > 0 ? Fold(node.Input(2)) : null;
        return Quantization.Decode(quantized, scale, zero, (int)(node.Attribute("axis")?.Int ?? 1));
    }
}
