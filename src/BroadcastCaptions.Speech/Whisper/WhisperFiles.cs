using BroadcastCaptions.Failures;
using BroadcastCaptions.Speech.Rewriting;

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
    private const string QuantizedPrefix = "quantized-v";

    /// <summary>Subfolder with the graphs of a model that was imported in 8 bits; of another version of the rewriter they do not run.</summary>
    public static string QuantizedFolder { get; } = $"{QuantizedPrefix}{WhisperRewriter.Version}";

    /// <summary>Are these the 8-bit graphs that an import made? The shipped ones are not there then.</summary>
    public bool IsQuantized => Path.GetFileName(Path.GetDirectoryName(Decoder)) == QuantizedFolder;

    /// <summary>The files of the model's graphs, without the weights that may lie beside them.</summary>
    public IReadOnlyList<string> Graphs => IsQuantized
        ? [Encoder, Decoder]
        : [.. new[] { Encoder, Decoder, DecoderWithPast }.OfType<string>()];

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
        if (Quantized(folder) is { } own) return own;
        var encoder = Graph(folder, "encoder_model") ?? throw Missing(folder, "encoder_model.onnx");
        var merged = Graph(folder, "decoder_model_merged");
        var first = merged ?? Graph(folder, "decoder_model") ?? throw Missing(folder, "decoder_model_merged.onnx");
        var next = merged is null ? Graph(folder, "decoder_with_past_model") ?? throw Missing(folder, "decoder_with_past_model.onnx") : null;
        return With(folder, encoder, first, next);
    }

    /// <summary>The encoder in a folder that holds a tokenizer.json as well, so that it is a model's, if not a Whisper's for certain; null where there is none.</summary>
    internal static string? EncoderIn(string folder) => File.Exists(Path.Combine(folder, "tokenizer.json")) ? Candidates(folder, "encoder_model").FirstOrDefault(File.Exists) : null;

    private static WhisperFiles? Quantized(string folder)
    {
        var own = Path.Combine(folder, QuantizedFolder);
        if (!Directory.Exists(own))
        {
            return Directory.EnumerateDirectories(folder, QuantizedPrefix + "*").Any()
                ? throw new CaptionsException(
                    $"The model in {folder} was written in 8 bits by another version of this program.", "Import its original files again: 'captions models import FOLDER --quantize'.")
                : null;
        }

        var files = With(folder, Path.Combine(own, "encoder.onnx"), Path.Combine(own, "decoder.weights"), null);
        foreach (var graph in files.Graphs) Needed(own, Path.GetFileName(graph));
        return files;
    }

    private static WhisperFiles With(string folder, string encoder, string decoder, string? next) => new(
        encoder, decoder, next, Needed(folder, "tokenizer.json"), Needed(folder, "config.json"),
        Optional(folder, "generation_config.json"), Optional(folder, "preprocessor_config.json"));

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
