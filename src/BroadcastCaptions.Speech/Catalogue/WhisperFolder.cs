using System.Text.Json;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>A folder with a Whisper model as Hugging Face has it: settings beside, graphs in it or in its <c>onnx</c> folder.</summary>
internal sealed class WhisperFolder
{
    public const string Family = "whisper";
    public const string Config = "config.json";

    private const string Graphs = "onnx";
    private const long LargestPlainGraph = 32_000_000; // weights that lie beside leave the graph itself a few megabytes

    private static readonly string[] Settings = [Config, "generation_config.json", "preprocessor_config.json", "tokenizer.json"];

    private WhisperFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What it was exported from, by its config.json: "openai/whisper-tiny.en"; null where that is not said.</summary>
    public string? Origin { get; private init; }

    /// <summary>Does it know English only?</summary>
    public bool IsEnglishOnly { get; private init; }

    /// <summary>The files that make the model, relative to the folder, with forward slashes.</summary>
    public IReadOnlyList<string> Files { get; private init; } = [];

    /// <summary>Is this the config.json of a Whisper model?</summary>
    public static bool IsWhisper(string config) => Parse(config) is { } root && Text(root, "model_type") == Family;

    /// <summary>Looks whether everything is there.</summary>
    /// <exception cref="CaptionsException">A file is missing or empty.</exception>
    public static WhisperFolder Open(string path)
    {
        if (Settings.FirstOrDefault(file => !File.Exists(System.IO.Path.Combine(path, file))) is { } missing) throw Lacks(path, missing);
        var graphs = Directory.Exists(System.IO.Path.Combine(path, Graphs)) ? Graphs + "/" : "";
        var all = Directory.EnumerateFiles(System.IO.Path.Combine(path, graphs), "*.onnx*").Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal).ToList();
        var encoders = all.FindAll(file => IsGraph(file, "encoder_model"));
        var decoders = all.FindAll(file => IsGraph(file, "decoder_model_merged"));
        if (encoders.Count == 0) throw Lacks(path, graphs + "encoder_model.onnx");
        if (decoders.Count == 0)
        {
            decoders = all.FindAll(file => IsGraph(file, "decoder_model") || IsGraph(file, "decoder_with_past_model"));
            if (!decoders.Exists(file => IsGraph(file, "decoder_with_past_model"))) throw Lacks(path, graphs + "decoder_model_merged.onnx");
        }

        var chosen = encoders.Concat(decoders).SelectMany(graph => WithWeights(path, graphs, graph)).Select(file => graphs + file);
        var files = Settings.Concat(chosen).ToList();
        if (files.Find(file => new FileInfo(System.IO.Path.Combine(path, file)).Length == 0) is { } empty)
            throw new CaptionsException($"{empty} in {path} is empty.", "Copy or download it again.");
        var config = Parse(System.IO.Path.Combine(path, Config))!.Value;
        return new WhisperFolder(path)
        {
            Files = files,
            Origin = Text(config, "_name_or_path"),
            IsEnglishOnly = config.TryGetProperty("vocab_size", out var size) && size.TryGetInt32(out var tokens) && tokens == EnglishVocabulary,
        };
    }

    /// <summary>Where a file of it lies.</summary>
    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Tokens of the English-only models' vocabulary; the multilingual ones have one and more.</summary>
    private const int EnglishVocabulary = 51_864;

    // encoder_model.onnx, encoder_model_fp16.onnx, …; not decoder_model_merged.onnx for decoder_model.
    private static bool IsGraph(string file, string name) =>
        file.StartsWith(name, StringComparison.Ordinal) && file.EndsWith(".onnx", StringComparison.Ordinal)
        && (name != "decoder_model" || !file.StartsWith("decoder_model_merged", StringComparison.Ordinal));

    private static IEnumerable<string> WithWeights(string path, string graphs, string graph)
    {
        var weights = graph + "_data";
        var isBeside = File.Exists(System.IO.Path.Combine(path, graphs, weights));
        if (!isBeside && Names(System.IO.Path.Combine(path, graphs, graph), weights)) throw Lacks(path, graphs + weights);
        return isBeside ? [graph, weights] : [graph];
    }

    private static bool Names(string graph, string weights) =>
        new FileInfo(graph).Length < LargestPlainGraph && File.ReadAllBytes(graph).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(weights)) >= 0;

    private static JsonElement? Parse(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static CaptionsException Lacks(string path, string file) => new(
        $"The Whisper model in {path} lacks {file}.", "Copy or download it too; nothing was imported.");
}
