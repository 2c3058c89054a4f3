namespace BroadcastCaptions.Speech.Rewriting.Extraction;

/// <summary>The four products of an attention.</summary>
/// <param name="Query">Makes queries.</param>
/// <param name="Key">Makes keys.</param>
/// <param name="Value">Makes values.</param>
/// <param name="Output">Mixes the heads.</param>
internal sealed record AttentionWeights(Linear Query, Linear Key, Linear Value, Linear Output);

/// <summary>One layer of a decoder: self attention, cross attention, feed-forward, each with the norm before it.</summary>
internal sealed record DecoderLayer(
    Norm SelfNorm, AttentionWeights Self, Norm CrossNorm, AttentionWeights Cross, Norm FeedNorm, Linear Up, Linear Down);

/// <summary>Everything that a decoder of encoder-decoder speech models knows.</summary>
/// <param name="Embedding">Vectors of the tokens, [vocabulary, width].</param>
/// <param name="Positions">Learned vectors of the positions, [positions, width]; null where the attention rotates.</param>
/// <param name="InverseFrequencies">Of the rotary embedding; null where there is none.</param>
/// <param name="Layers">The layers, first to last.</param>
/// <param name="FinalNorm">The norm before the logits.</param>
/// <param name="Logits">The last product, [width, vocabulary].</param>
/// <param name="Heads">Heads of each attention.</param>
internal sealed record DecoderWeights(
    Weight Embedding, Weight? Positions, Weight? InverseFrequencies, IReadOnlyList<DecoderLayer> Layers, Norm FinalNorm, Linear Logits, int Heads)
{
    /// <summary>Width of the model.</summary>
    public int Width => Embedding.Columns;

    /// <summary>Size of a head.</summary>
    public int HeadSize => Width / Heads;

    /// <summary>Number of tokens.</summary>
    public int Vocabulary => Embedding.Rows;
}
