using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>The files of a Whisper model, as the exports on Hugging Face name them.</summary>
/// <param name="Encoder">encoder_model*.onnx.</param>
/// <param name="Decoder">decoder_model_merged*.onnx; where there is none, decoder_model*.onnx, the first step.</param>
/// <param name="DecoderWithPast">decoder_with_past_model*.onnx, the next steps; null where the decoder holds both.</param>
/// <param name="Tokenizer">tokenizer.json.</param>
/// <param name="Config">config.json.</param>
/// <param name="GenerationConfig">generation_config.json, null where there is none.</param>
/// <param name="PreprocessorConfig">preprocessor_config.json, null where there is none.</param>
public sealed record WhisperFiles(
    string Encoder, string Decoder, string? DecoderWithPast, string Tokenizer, string Config, string? GenerationConfig, string? PreprocessorConfig)
{
    /// <summary>
    /// What exporters put behind a graph's name, in the order of preference: the whole weights first, for they are rewritten here; of the
    /// rest the most exact.
    /// </summary>
    private static readonly string[] Variants = ["", "_fp16", "_quantized", "_int8", "_uint8", "_q4", "_q4f16", "_bnb4"];

    /// <summary>Finds the files of a model in its folder; graphs may lie in its subfolder onnx.</summary>
    /// <exception cref="CaptionsException">The folder, or a file that every model needs, is missing or empty.</exception>
    public static WhisperFiles In(string folder)
    {
        if (!Directory.Exists(folder)) throw new CaptionsException($"There is no model folder {folder}.", "Check the path, or run 'captions models list'.");
        var encoder = Graph(folder, "encoder_model") ?? throw Missing(folder, "encoder_model.onnx");
        var merged = Graph(folder, "decoder_model_merged");
        var first = merged ?? Graph(folder, "decoder_model") ?? throw Missing(folder, "decoder_model_merged.onnx");
        var next = merged is null ? Graph(folder, "decoder_with_past_model") ?? throw Missing(folder, "decoder_with_past_model.onnx") : null;
        return new(
            encoder, first, next, Needed(folder, "tokenizer.json"), Needed(folder, "config.json"),
            Optional(folder, "generation_config.json"), Optional(folder, "preprocessor_config.json"));
    }

    /// <summary>Does this folder hold the graphs of an encoder and a decoder beside a tokenizer.json?</summary>
    public static bool AreIn(string folder) => File.Exists(Path.Combine(folder, "tokenizer.json")) && Candidates(folder, "encoder_model").Any(File.Exists);

    private static string? Graph(string folder, string name)
    {
        var found = Candidates(folder, name).FirstOrDefault(File.Exists);
        return found is null ? null : Whole(found);
    }

    private static IEnumerable<string> Candidates(string folder, string name) =>
        from variant in Variants
        from place in (string[])[folder, Path.Combine(folder, "onnx")]
        select Path.Combine(place, $"{name}{variant}.onnx");

    private static string Needed(string folder, string name) => Optional(folder, name) ?? throw Missing(folder, name);

    private static string? Optional(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? Whole(path) : null;
    }

    private static string Whole(string path) => new FileInfo(path).Length > 0
        ? path
        : throw new CaptionsException($"The model file {path} is empty.", "Its download was cut off: run 'captions models pull', or copy the file again.");

    private static CaptionsException Missing(string folder, string name) => new(
        $"The model in {folder} has no {name}.", "Run 'captions models pull', or copy the file from where the model came from.");
}
