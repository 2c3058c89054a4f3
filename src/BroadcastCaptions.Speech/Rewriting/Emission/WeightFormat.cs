namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>How the weights of products are written.</summary>
internal enum WeightFormat
{
    /// <summary>32-bit floats: exactly the original's numbers.</summary>
    Float,

    /// <summary>
    /// 8 bits, a scale for every 32 weights and for every 32 numbers of a row that is multiplied: a row's product is the same
    /// whatever rows stand beside it, so that verifying many tokens and decoding them one by one agree.
    /// </summary>
    Blocks,

    /// <summary>
    /// 8 bits, a scale a column and one for all that is multiplied: three times as fast as <see cref="Blocks"/> over many rows, and
    /// what shipped models do themselves; rows disturb each other. For an encoder.
    /// </summary>
    Columns,
}
