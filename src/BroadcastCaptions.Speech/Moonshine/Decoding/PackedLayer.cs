using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Moonshine.Decoding;

/// <summary>One layer's weights: three norms' scales, and the products behind them.</summary>
internal readonly record struct PackedLayer(
    nint SelfNorm, IntegerMatrix QueryKeyValue, IntegerMatrix SelfOut, nint CrossNorm, IntegerMatrix CrossQuery, IntegerMatrix CrossKeyValue, IntegerMatrix CrossOut,
    nint FeedNorm, IntegerMatrix Up, IntegerMatrix Down);
