using System.Text;
using System.Text.Json;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Speech.Whisper;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>A folder with a Whisper model as Hugging Face has it, seen by what its engine will read of it.</summary>
internal sealed class WhisperFolder
{
    public const string Family = "whisper";
    public const string Config = "config.json";

    private const long LargestPlainGraph = 32_000_000; // where the weights lie beside it, the graph itself is a few megabytes

    private WhisperFolder(string path, IReadOnlyList<string> settings, IReadOnlyList<string> graphs, WhisperFiles model, WhisperConfig config) =>
        (Path, Settings, Graphs, Model, IsEnglishOnly) = (path, settings, graphs, model, !config.IsMultilingual);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The files that its engine reads, relative to the folder, with forward slashes: of several exports of a graph the preferred one.</summary>
    public IEnumerable<string> Files => Settings.Concat(Graphs);

    /// <summary>Those of them that are no graphs.</summary>
    public IReadOnlyList<string> Settings { get; }

    /// <summary>The graphs, with their weights.</summary>
    public IReadOnlyList<string> Graphs { get; }

    /// <summary>The files, as its engine names them.</summary>
    public WhisperFiles Model { get; }

    /// <summary>Does it know English only?</summary>
    public bool IsEnglishOnly { get; }

    /// <summary>What it was exported from, by its config.json: "openai/whisper-tiny.en"; null where that is not said.</summary>
    public string? Origin => Text(PathOf(Config), "_name_or_path");

    /// <summary>
    /// The folders within a folder that hold Whisper models: by their config.json; and, where that is missing or says nothing, by their other
    /// files, so that somebody is told what is wrong with it. Graphs of another family are known by their sizes then.
    /// </summary>
    /// <param name="folder">Where to look, it and its subfolders.</param>
    /// <param name="catalogue">What is known.</param>
    public static List<string> FindIn(string folder, ModelCatalogue catalogue)
    {
        var root = System.IO.Path.GetFullPath(folder);
        var sizes = catalogue.Models.SelectMany(model => model.Files).Select(file => file.Size).ToHashSet();
        bool Is(string path) => File.Exists(System.IO.Path.Combine(path, Config)) && Text(System.IO.Path.Combine(path, Config), "model_type") is { } type
            ? type == Family
            : WhisperFiles.EncoderIn(path) is { } encoder && !sizes.Contains(new FileInfo(encoder).Length);
        return [.. Directory.EnumerateDirectories(root, "*", new EnumerationOptions { RecurseSubdirectories = true }).Prepend(root).Where(Is).Order(StringComparer.Ordinal)];
    }

    /// <summary>Looks whether everything is there, and settings that fit each other in it.</summary>
    /// <exception cref="CaptionsException">A file is missing, empty, damaged, or another model's.</exception>
    public static WhisperFolder Open(string path)
    {
        var files = WhisperFiles.In(path);
        VocabularyFile.Read(files.Tokenizer);
        var config = WhisperConfig.Read(files);
        WhisperFit.Check(files, config);
        string?[] settings = [files.Config, files.GenerationConfig, files.PreprocessorConfig, files.Tokenizer];
        IReadOnlyList<string> Relative(IEnumerable<string> all) => [.. all.Select(file => System.IO.Path.GetRelativePath(path, file).Replace('\\', '/'))];
        return new WhisperFolder(path, Relative(settings.OfType<string>()), Relative(files.Graphs.SelectMany(WithWeights)), files, config);
    }

    /// <summary>Bytes of some of its files.</summary>
    public long Size(IEnumerable<string> files) => files.Sum(file => new FileInfo(PathOf(file)).Length);

    /// <summary>Where a file of it lies.</summary>
    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    private static IEnumerable<string> WithWeights(string graph)
    {
        var weights = graph + "_data";
        if (File.Exists(weights)) return [graph, weights];
        var name = System.IO.Path.GetFileName(weights);
        return !Names(graph, name)
            ? [graph]
            : throw new CaptionsException($"The model in {System.IO.Path.GetDirectoryName(graph)} has no {name}, which holds the weights of its graph.", "Copy or download it too.");
    }

    private static bool Names(string graph, string weights) =>
        new FileInfo(graph).Length < LargestPlainGraph && File.ReadAllBytes(graph).AsSpan().IndexOf(Encoding.UTF8.GetBytes(weights)) >= 0;

    private static string? Text(string file, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
                ? text.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
