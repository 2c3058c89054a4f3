using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Rewriting.Running;

/// <summary>A rewritten Whisper decoder's sizes, read from its graph.</summary>
/// <param name="Layers">Decoder layers.</param>
/// <param name="Heads">Attention heads a layer.</param>
/// <param name="HeadSize">Width of a head.</param>
/// <param name="Vocabulary">Width of a row of scores.</param>
internal sealed record FusedShape(int Layers, int Heads, int HeadSize, int Vocabulary)
{
    /// <summary>Name of the input that says where nothing was heard.</summary>
    public const string MaskName = "cross_mask";

    /// <summary>Reads the sizes.</summary>
    public static FusedShape Of(InferenceSession session)
    {
        var layers = 0;
        while (session.InputMetadata.ContainsKey($"past_key_{layers}")) layers++;
        var self = session.InputMetadata["past_key_0"].Dimensions; // batch, heads, room, head size
        return new FusedShape(layers, self[1], self[3], session.OutputMetadata["logits"].Dimensions[^1]);
    }

    /// <summary>The names of one layer after another's key and value.</summary>
    public IEnumerable<string> Names(string prefix) =>
        Enumerable.Range(0, 2 * Layers).Select(i => $"{prefix}_{(i % 2 == 0 ? "key" : "value")}_{i / 2}");
}
