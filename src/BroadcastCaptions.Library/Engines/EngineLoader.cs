using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Catalogue;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Library.Engines;

/// <summary>Fetches a model where it is not on this machine, and loads it with the detector.</summary>
internal static class EngineLoader
{
    /// <summary>The engine of a model.</summary>
    /// <exception cref="CaptionsException">Not to be had, or damaged.</exception>
    public static async Task<SpeechEngine> LoadAsync(
        CatalogueModel model, ModelOptions options, SpeechOptions speech, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        var store = new ModelStore(options);
        var detector = store.Catalogue.Detector.Name;
        var detectorFolder = await store.EnsureAsync(detector, progress, cancellation);
        var folder = await store.EnsureAsync(model.Name, progress, cancellation);
        var vad = await TryAsync(store, detector, () => new SileroVad(Path.Combine(detectorFolder, "silero_vad_v6.onnx")), cancellation);
        try
        {
            return await TryAsync(store, model.Name, () => Load(model, folder, vad, options, speech), cancellation);
        }
        catch
        {
            vad.Dispose();
            throw;
        }
    }

    private static SpeechEngine Load(CatalogueModel model, string folder, SileroVad vad, ModelOptions options, SpeechOptions speech) =>
        new(ModelFamilies.Load(model.Family, folder, options), vad, speech, CpuBudget.Of(options));

    private static async Task<T> TryAsync<T>(ModelStore store, string name, Func<T> load, CancellationToken cancellation)
    {
        try
        {
            return await Task.Run(load, cancellation);
        }
        catch (Exception e) when (e is not (OperationCanceledException or CaptionsException { Code: ExitCode.Usage }))
        {
            throw await store.ExplainAsync(name, e, cancellation);
        }
    }
}
