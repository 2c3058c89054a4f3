using BroadcastCaptions.Failures;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace BroadcastCaptions.Speech.Moonshine;

/// <summary>A decoder's sizes, read from its graph so that one code serves tiny, base, and what follows.</summary>
/// <param name="Layers">Decoder layers.</param>
/// <param name="Heads">Attention heads a layer.</param>
/// <param name="HeadSize">Width of a head.</param>
/// <param name="Vocabulary">Width of a row of scores.</param>
internal sealed record DecoderShape(int Layers, int Heads, int HeadSize, int Vocabulary)
{
    /// <summary>Reads the sizes.</summary>
    /// <exception cref="CaptionsException">The graph is not a decoder with a cache.</exception>
    public static DecoderShape Of(InferenceSession session, string path)
    {
        var layers = 0;
        while (session.InputMetadata.ContainsKey($"past_key_values.{layers}.decoder.key")) layers++;
        if (layers == 0 || !session.OutputMetadata.TryGetValue("logits", out var logits))
            throw new CaptionsException($"{path} is not a speech model's decoder.", "Run 'captions models verify' to find what is damaged.");
        if (session.InputMetadata["past_key_values.0.decoder.key"].ElementDataType != TensorElementType.Float)
            throw new CaptionsException($"{path} keeps its cache in half precision, which runs only rewritten.", "Choose the model's fp32 or int8 files.");
        var key = session.InputMetadata["past_key_values.0.decoder.key"].Dimensions; // batch, heads, length, head size
        return new(layers, key[1], key[3], logits.Dimensions[^1]);
    }
}
