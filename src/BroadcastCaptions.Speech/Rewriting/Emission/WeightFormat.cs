namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>How the weights of products are written.</summary>
internal enum WeightFormat
{
    /// <summary>32-bit floats: exactly the original's numbers.</summary>
    Float,

    /// <summary>
    /// 8 bits, a scale a column and one for all that is multiplied: what shipped models do themselves; rows disturb each other. For an encoder.
    /// </summary>
    Columns,
}
