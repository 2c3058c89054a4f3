using BroadcastCaptions.Speech.Moonshine.Decoding;
using BroadcastCaptions.Speech.Rewriting.Extraction;

namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>
/// Writes a Moonshine decoder's weights as our own decoder reads them: in 8 bits with a scale an output, which is how they were shipped, so that
/// nothing is lost; one part behind another in the order in which a step wants them.
/// </summary>
internal static class DecoderPacker
{
    /// <summary>Writes them.</summary>
    /// <exception cref="InvalidDataException">The weights are not Moonshine's.</exception>
    public static void Write(DecoderWeights weights, string path)
    {
        Check(weights);
        using var file = new PackedWriter(path);
        file.Header(new DecoderSizes(
            DecoderSizes.Known, weights.Layers.Count, weights.Heads, weights.Width, weights.Layers[0].Down.Inputs, weights.Vocabulary,
            (int)weights.InverseFrequencies!.Count, weights.FinalNorm.Epsilon));
        file.Vector(weights.InverseFrequencies.Read());
        foreach (var layer in weights.Layers)
        {
            file.Vector(layer.SelfNorm.Scale.Read());
            Add(file, layer.Self.Query, layer.Self.Key, layer.Self.Value);
            Add(file, layer.Self.Output);
            file.Vector(layer.CrossNorm.Scale.Read());
            Add(file, layer.Cross.Query);
            Add(file, layer.Cross.Key, layer.Cross.Value);
            Add(file, layer.Cross.Output);
            file.Vector(layer.FeedNorm.Scale.Read());
            Add(file, layer.Up);
            Add(file, layer.Down);
        }

        file.Vector(weights.FinalNorm.Scale.Read());
        Add(file, weights.Logits);
    }

    private static void Check(DecoderWeights weights)
    {
        if (weights.InverseFrequencies is null || weights.Positions is not null)
            throw new InvalidDataException("The decoder knows positions otherwise than Moonshine's does.");
        if (weights.Layers.Any(layer => layer.Up.Outputs != 2 * layer.Down.Inputs))
            throw new InvalidDataException("The decoder's feed-forward is not gated as Moonshine's is.");
        if (weights.HeadSize % 2 != 0 || weights.HeadSize > Attention.WidestHead || 2 * weights.InverseFrequencies.Count > weights.HeadSize)
            throw new InvalidDataException($"The decoder's heads are {weights.HeadSize} wide, as Moonshine's are not.");
        if (weights.Layers.SelectMany(layer => (Norm[])[layer.SelfNorm, layer.CrossNorm, layer.FeedNorm]).Append(weights.FinalNorm).Any(norm => norm.Bias is not null || norm.Epsilon != weights.FinalNorm.Epsilon))
            throw new InvalidDataException("The decoder's norms are not as Moonshine's.");
        if (!weights.Embedding.Transposed().Read().AsSpan().SequenceEqual(weights.Logits.Weight.Read()))
            throw new InvalidDataException("The decoder's last product is not its table of tokens, as Moonshine's is.");
    }

    private static void Add(PackedWriter file, params IReadOnlyList<Linear> parts) =>
        file.Matrix(Matrix.Beside([.. parts.Select(part => Matrix.Of(part.Weight))]), Linear.Biases(parts));
}
