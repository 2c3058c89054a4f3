using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Rewriting.Running;

/// <summary>A rewritten decoder's sizes, read from its graph.</summary>
/// <param name="Layers">Decoder layers.</param>
/// <param name="Heads">Attention heads a layer.</param>
/// <param name="SelfHead">Width of a head in the cache of self attention, padded.</param>
/// <param name="CrossHead">Width of a head of the cross attention.</param>
/// <param name="Vocabulary">Width of a row of scores.</param>
/// <param name="TakesPositions">Are positions fed, for a table of learned ones? Else the attention rotates by itself.</param>
/// <param name="TakesFirstRow">Can it be told from which row on scores are asked for? Else it gives all.</param>
/// <param name="TakesMask">Can it be told behind which position nothing was heard?</param>
internal sealed record FusedShape(int Layers, int Heads, int SelfHead, int CrossHead, int Vocabulary, bool TakesPositions, bool TakesFirstRow, bool TakesMask)
{
    /// <summary>Name of the input that says where nothing was heard.</summary>
    public const string MaskName = "cross_mask";

    /// <summary>Reads the sizes.</summary>
    public static FusedShape Of(InferenceSession session)
    {
        var layers = 0;
        while (session.InputMetadata.ContainsKey($"past_key_{layers}")) layers++;
        var self = session.InputMetadata["past_key_0"].Dimensions; // batch, heads, room, head size
        var cross = session.InputMetadata["cross_value_0"].Dimensions; // a key may be turned
        return new FusedShape(layers, self[1], self[3], cross[3], session.OutputMetadata["logits"].Dimensions[^1],
            session.InputMetadata.ContainsKey("position_ids"), session.InputMetadata.ContainsKey("first_row"), session.InputMetadata.ContainsKey(MaskName));
    }

    /// <summary>The names of one layer after another's key and value.</summary>
    public IEnumerable<string> Names(string prefix) =>
        Enumerable.Range(0, 2 * Layers).Select(i => $"{prefix}_{(i % 2 == 0 ? "key" : "value")}_{i / 2}");
}
