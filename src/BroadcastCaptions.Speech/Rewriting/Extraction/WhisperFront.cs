using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Extraction;

/// <summary>What lies before the layers of Whisper's encoder: two convolutions over padded time, and the positions' vectors.</summary>
/// <param name="First">The convolution over the log-mel features.</param>
/// <param name="Second">The convolution over its result: it halves the frames.</param>
/// <param name="Positions">Vectors of the positions, [1500, width].</param>
internal sealed record WhisperFront(Convolution First, Convolution Second, Weight Positions)
{
    private const int Kernel = 3; // of both, with one frame of zeros on either side

    /// <summary>Reads the front of an encoder.</summary>
    /// <exception cref="InvalidDataException">It is not Whisper's.</exception>
    public static WhisperFront Read(EncoderWeights weights)
    {
        var scope = new GraphScope(weights.Front);
        var constants = new ConstantFolder(scope);
        var found = scope.Nodes.Where(node => node.OpType is "Conv" or "ConvInteger").Select(node => Read(node, scope, constants)).ToList();
        if (found is not [{ Stride: 1 } first, { Stride: 2 } second] || second.Weight.Shape[1] != first.Weight.Shape[0])
            throw new InvalidDataException("The encoder does not begin with Whisper's two convolutions.");
        var sum = scope.Producer(weights.States);
        var positions = sum?.OpType == "Add" ? sum.Inputs.Select(constants.Fold).FirstOrDefault(constant => constant is not null) : null;
        if (positions is null || positions.Count % weights.Width != 0)
            throw new InvalidDataException("The encoder adds no vectors of positions as Whisper's does.");
        return new WhisperFront(first, second, new Weight([positions.Count / weights.Width, weights.Width], positions.Read));
    }

    private static Convolution Read(OnnxNode node, GraphScope scope, ConstantFolder constants)
    {
        if (constants.Fold(node.Input(1)) is not { Rank: 3 } weight || weight.Shape[2] != Kernel || node.Attribute("pads")?.Ints is not [1, 1])
            throw new InvalidDataException("A convolution of the encoder is not of Whisper's form.");
        var stride = (int)(node.Attribute("strides")?.Ints?[0] ?? 1);
        return node.OpType == "Conv" ? new Convolution(weight, constants.Fold(node.Input(2)), stride) : Integer(node, weight, stride, scope, constants);
    }

    /// <summary>DynamicQuantizeLinear → ConvInteger → Cast → Mul by (activation's scale × weight's scale) → Add of the bias.</summary>
    private static Convolution Integer(OnnxNode node, Weight integers, int stride, GraphScope scope, ConstantFolder constants)
    {
        var cast = scope.Consumers(node.Outputs[0]).FirstOrDefault(reader => reader.OpType == "Cast");
        var scaled = cast is null ? null : scope.Consumers(cast.Outputs[0]).FirstOrDefault(reader => reader.OpType == "Mul");
        var factor = scaled is null ? null : scope.Producer(scaled.Inputs.First(input => input != cast!.Outputs[0]));
        if (factor?.Inputs.Select(constants.Fold).FirstOrDefault(constant => constant is not null) is not { } scale)
            throw new InvalidDataException("The scale of an 8-bit convolution is not constant.");
        var bias = scope.Consumers(scaled!.Outputs[0]).Where(reader => reader.OpType == "Add").SelectMany(reader => reader.Inputs)
            .Select(constants.Fold).FirstOrDefault(constant => constant?.Count == integers.Shape[0]);
        return new Convolution(
            Quantization.Decode(integers, scale, constants.Fold(node.Input(3)), axis: 0),
            bias is null ? null : new Weight([bias.Count], bias.Read), stride);
    }
}
