using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.Speech.Rewriting;
using BroadcastCaptions.Speech.Whisper;

namespace BroadcastCaptions.Speech.Models;

/// <summary>The families of models that recognise speech, and what runs each.</summary>
public static class ModelFamilies
{
    /// <summary>As the catalogue names them.</summary>
    public static IReadOnlyList<string> All { get; } = ["moonshine", "whisper"];

    /// <summary>Loads a model that is on this machine.</summary>
    /// <param name="family">One of <see cref="All"/>.</param>
    /// <param name="folder">The model's folder.</param>
    /// <param name="options">How many threads an inference takes, and which language is spoken.</param>
    /// <exception cref="CaptionsException">A file is missing or damaged, or nothing here runs that family.</exception>
    public static ISpeechModel Load(string family, string folder, ModelOptions options)
    {
        ISpeechModel model = family switch
        {
            "moonshine" => new MoonshineModel(MoonshineFiles.In(folder), options),
            "whisper" => new WhisperModel(WhisperFiles.In(folder), options, options.Language),
            _ => throw new CaptionsException($"Nothing here runs models of the family \"{family}\".", $"Choose one of {string.Join(", ", All)}.", ExitCode.Usage),
        };
        GC.Collect(); // loading leaves much behind on both heaps
        NativeHeap.Trim();
        return model;
    }

    /// <summary>Which graphs of a model run, the rewritten or the shipped, and why; null where that may change.</summary>
    public static RewriteOutcome? Graphs(ISpeechModel model) => model switch
    {
        MoonshineModel moonshine => moonshine.Graphs,
        WhisperModel whisper => whisper.Graphs,
        _ => null,
    };
}
