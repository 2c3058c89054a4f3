namespace BroadcastCaptions.Speech.Moonshine;

/// <summary>The files that make a Moonshine model.</summary>
/// <param name="Encoder">encoder_model.onnx.</param>
/// <param name="Decoder">decoder_model_merged.onnx.</param>
/// <param name="Vocabulary">llama-tokenizer.js, whose vocabulary is used.</param>
public sealed record MoonshineFiles(string Encoder, string Decoder, string Vocabulary)
{
    /// <summary>The files of a model's folder, by the names under which the catalogue keeps them.</summary>
    public static MoonshineFiles In(string folder) => new(
        Path.Combine(folder, "encoder_model.onnx"), Path.Combine(folder, "decoder_model_merged.onnx"), Path.Combine(folder, "llama-tokenizer.js"));
}
