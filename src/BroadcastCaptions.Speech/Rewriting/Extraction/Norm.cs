using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Extraction;

/// <summary>A layer normalisation over the last axis.</summary>
/// <param name="Scale">What the normalised value is multiplied by.</param>
/// <param name="Bias">What is added then; null for nothing.</param>
/// <param name="Epsilon">What keeps the variance from zero.</param>
/// <param name="Source">Name of what is normalised.</param>
internal sealed record Norm(Weight Scale, Weight? Bias, float Epsilon, string Source);

/// <summary>Reads a normalisation: one operator, or the nine that older exports write.</summary>
internal sealed class NormReader(GraphScope scope, ConstantFolder constants)
{
    private const float DefaultEpsilon = 1e-5f; // ONNX's and PyTorch's

    /// <summary>The normalisation that gives <paramref name="value"/>.</summary>
    /// <exception cref="InvalidDataException">No normalisation gives it.</exception>
    public Norm Read(string value)
    {
        var node = scope.Producer(value);
        return node?.OpType switch
        {
            "LayerNormalization" => new Norm(Required(node, 1), constants.Fold(node.Input(2)), node.Attribute("epsilon")?.Float ?? DefaultEpsilon, node.Input(0)),
            "SkipLayerNormalization" => new Norm(Required(node, 2), constants.Fold(node.Input(3)), node.Attribute("epsilon")?.Float ?? 1e-12f, node.Input(0)),
            "Cast" or "Identity" => Read(node.Input(0)),
            "Add" when Operands(node) is var (bias, rest) => Read(rest) with { Bias = bias },
            "Mul" when Operands(node) is var (scale, rest) && scope.Producer(rest) is { OpType: "Div" } division =>
                new Norm(scale, null, Epsilon(division), Source(division)),
            _ => throw new InvalidDataException($"'{value}' comes from {node?.OpType ?? "nothing"}, not from a layer normalisation."),
        };
    }

    private Weight Required(OnnxNode node, int input) =>
        constants.Fold(node.Input(input)) ?? throw new InvalidDataException($"The scale of '{node.Name}' is not constant.");

    private (Weight Constant, string Other)? Operands(OnnxNode node)
    {
        for (var i = 0; i < 2; i++)
            if (constants.Fold(node.Input(i)) is { Rank: 1 } constant) return (constant, node.Input(1 - i));
        return null;
    }

    /// <summary>Of (x − mean) / Sqrt(variance + epsilon).</summary>
    private float Epsilon(OnnxNode division)
    {
        if (scope.Producer(division.Input(1)) is not { OpType: "Sqrt" } root) return DefaultEpsilon;
        if (scope.Producer(root.Input(0)) is not { OpType: "Add" } sum) return DefaultEpsilon;
        return constants.Scalar(sum.Input(0)) ?? constants.Scalar(sum.Input(1)) ?? DefaultEpsilon;
    }

    private string Source(OnnxNode division) => scope.Producer(division.Input(0))?.Input(0) ?? ""; // x − mean
}
