using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Extraction;

/// <summary>
/// What lies before the layers of Moonshine's encoder: a convolution over samples, tanh, a norm over all channels and all time, and two more
/// convolutions, each before a GELU.
/// </summary>
/// <param name="First">Over samples, [outputs, 1, kernel].</param>
/// <param name="Scale">What each channel is multiplied by behind the norm.</param>
/// <param name="Shift">What is added to it then.</param>
/// <param name="Epsilon">What keeps the norm's variance from zero.</param>
/// <param name="Second">Over the first's channels.</param>
/// <param name="Third">Over the second's.</param>
internal sealed record StemWeights(Convolution First, Weight Scale, Weight Shift, float Epsilon, Convolution Second, Convolution Third)
{
    private const float DefaultEpsilon = 1e-5f; // ONNX's

    /// <summary>Reads the stem of an encoder.</summary>
    /// <param name="front">What lies before the encoder's layers.</param>
    /// <param name="width">Of the layers.</param>
    /// <exception cref="InvalidDataException">It is not Moonshine's.</exception>
    public static StemWeights Read(OnnxGraph front, int width)
    {
        var scope = new GraphScope(front);
        var constants = new ConstantFolder(scope);
        var computed = scope.Nodes.Where(node => constants.Fold(node.Outputs[0]) is null).ToList();
        var found = computed.Where(node => node.OpType == "Conv").Select(node => Read(node, constants)).ToList();
        if (found is not [var first, var second, var third] || first.Weight.Shape[1] != 1 || second.Weight.Shape[1] != first.Weight.Shape[0]
            || third.Weight.Shape[1] != second.Weight.Shape[0] || third.Weight.Shape[0] != width)
            throw new InvalidDataException("The encoder does not begin with Moonshine's three convolutions.");
        var kinds = computed.Select(node => node.OpType).ToList();
        if (kinds.Count(kind => kind == "Tanh") != 1 || kinds.Count(kind => kind is "Erf" or "Gelu") != 2)
            throw new InvalidDataException("The encoder's convolutions have other activations than Moonshine's.");
        var norm = computed.FirstOrDefault(node => node.OpType == "InstanceNormalization");
        if (norm is null || constants.Fold(norm.Input(1)) is not { Count: 1 } || constants.Fold(norm.Input(2))?.Read() is not [0])
            throw new InvalidDataException("The encoder does not norm all channels together, as Moonshine's does.");
        var channels = first.Weight.Shape[0];
        return new StemWeights(first, Channels("Mul"), Channels("Add"), norm.Attribute("epsilon")?.Float ?? DefaultEpsilon, second, third);

        Weight Channels(string kind) =>
            computed.Where(node => node.OpType == kind).SelectMany(node => node.Inputs).Select(constants.Fold).FirstOrDefault(constant => constant?.Count == channels)
            ?? throw new InvalidDataException("The norm between the encoder's convolutions is not as Moonshine's.");
    }

    private static Convolution Read(OnnxNode node, ConstantFolder constants)
    {
        if (constants.Fold(node.Input(1)) is not { Rank: 3 } weight || node.Attribute("group")?.Int is > 1
            || node.Attribute("pads")?.Ints?.Exists(pad => pad != 0) == true || node.Attribute("dilations")?.Ints?.Exists(dilation => dilation != 1) == true)
            throw new InvalidDataException("A convolution of the encoder is not of Moonshine's form.");
        return new Convolution(weight, constants.Fold(node.Input(2)), (int)(node.Attribute("strides")?.Ints?[0] ?? 1));
    }
}
