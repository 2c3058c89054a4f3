using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting.Extraction;

/// <summary>One layer of an encoder.</summary>
internal sealed record EncoderLayer(Norm SelfNorm, AttentionWeights Self, Norm FeedNorm, Linear Up, Linear Down);

/// <summary>A convolution over time.</summary>
/// <param name="Weight">[outputs, inputs, kernel].</param>
/// <param name="Bias">[outputs]; null for none.</param>
/// <param name="Stride">Steps between windows.</param>
internal sealed record Convolution(Weight Weight, Weight? Bias, int Stride);

/// <summary>An encoder of speech: the graph before its layers, as it stands, and the layers' weights.</summary>
/// <param name="Front">Nodes and constants that turn samples into the layers' input: convolutions.</param>
/// <param name="States">Name of what they give, [1, T, width].</param>
/// <param name="InverseFrequencies">Of the rotary embedding; null where there is none.</param>
/// <param name="Layers">The layers, first to last.</param>
/// <param name="FinalNorm">The norm behind the last.</param>
internal sealed record EncoderWeights(
    OnnxGraph Front, string States, Weight? InverseFrequencies, IReadOnlyList<EncoderLayer> Layers, Norm FinalNorm)
{
    /// <summary>Width of the model.</summary>
    public int Width => Layers[0].Self.Query.Inputs;
}
