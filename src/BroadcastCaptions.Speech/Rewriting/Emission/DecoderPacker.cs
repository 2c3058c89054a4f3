using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Rewriting.Extraction;

namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>
/// Writes a decoder's weights as our own decoder reads them: in 8 bits with a scale an output, which is how Moonshine's were shipped, so that
/// nothing is lost there; one part behind another in the order in which a step wants them.
/// </summary>
internal static class DecoderPacker
{
    /// <summary>Writes them.</summary>
    /// <exception cref="InvalidDataException">The weights are neither Moonshine's nor a Whisper's.</exception>
    public static void Write(DecoderWeights weights, string path)
    {
        Check(weights);
        using var file = new PackedWriter(path);
        file.Header(new DecoderSizes(
            DecoderSizes.Known, weights.Layers.Count, weights.Heads, weights.Width, weights.Layers[0].Down.Inputs, weights.Vocabulary,
            (int)(weights.InverseFrequencies?.Count ?? 0), weights.Positions?.Rows ?? 0, weights.FinalNorm.Epsilon));
        file.Vector(weights.InverseFrequencies?.Read());
        file.Vector(weights.Positions?.Read());
        foreach (var layer in weights.Layers)
        {
            Add(file, layer.SelfNorm);
            Add(file, layer.Self.Query, layer.Self.Key, layer.Self.Value);
            Add(file, layer.Self.Output);
            Add(file, layer.CrossNorm);
            Add(file, layer.Cross.Query);
            Add(file, layer.Cross.Key, layer.Cross.Value);
            Add(file, layer.Cross.Output);
            Add(file, layer.FeedNorm);
            Add(file, layer.Up);
            Add(file, layer.Down);
        }

        Add(file, weights.FinalNorm);
        Add(file, weights.Logits);
    }

    private static void Check(DecoderWeights weights)
    {
        var isWhisper = weights.Positions is not null;
        if (isWhisper == weights.InverseFrequencies is not null)
            throw new InvalidDataException("The decoder knows positions otherwise than Moonshine's and Whisper's do.");
        if (weights.Layers.Any(layer => layer.Up.Outputs != (isWhisper ? 1 : 2) * layer.Down.Inputs))
            throw new InvalidDataException("The decoder's feed-forward is neither gated as Moonshine's is, nor Whisper's.");
        if (weights.HeadSize % 2 != 0 || weights.HeadSize > Attention.WidestHead || 2 * weights.InverseFrequencies?.Count > weights.HeadSize)
            throw new InvalidDataException($"The decoder's heads are {weights.HeadSize} wide, as Moonshine's and Whisper's are not.");
        if (weights.Layers.SelectMany(layer => (Norm[])[layer.SelfNorm, layer.CrossNorm, layer.FeedNorm]).Append(weights.FinalNorm).Any(norm => norm.Bias is not null != isWhisper || norm.Epsilon != weights.FinalNorm.Epsilon))
            throw new InvalidDataException("The decoder's norms are neither as Moonshine's nor as Whisper's.");
        if (!weights.Embedding.Transposed().Read().AsSpan().SequenceEqual(weights.Logits.Weight.Read()))
            throw new InvalidDataException("The decoder's last product is not its table of tokens, as Moonshine's and Whisper's are.");
    }

    private static void Add(PackedWriter file, Norm norm)
    {
        file.Vector(norm.Scale.Read());
        if (norm.Bias is not null) file.Vector(norm.Bias.Read());
    }

    private static void Add(PackedWriter file, params IReadOnlyList<Linear> parts) =>
        file.Matrix(Matrix.Beside([.. parts.Select(part => Matrix.Of(part.Weight))]), Linear.Biases(parts));
}
