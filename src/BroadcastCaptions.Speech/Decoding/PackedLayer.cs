using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Decoding;

/// <summary>One layer's weights: three norms, and the products behind them.</summary>
internal readonly record struct PackedLayer(
    PackedNorm SelfNorm, IntegerMatrix QueryKeyValue, IntegerMatrix SelfOut, PackedNorm CrossNorm, IntegerMatrix CrossQuery, IntegerMatrix CrossKeyValue, IntegerMatrix CrossOut,
    PackedNorm FeedNorm, IntegerMatrix Up, IntegerMatrix Down);

/// <summary>A norm's weights.</summary>
/// <param name="Scale">What each number is multiplied by, floats.</param>
/// <param name="Shift">What is added to it then; null where nothing is.</param>
internal readonly record struct PackedNorm(nint Scale, nint Shift);
