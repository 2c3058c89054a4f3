using BroadcastCaptions.Failures;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Catalogue;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.Terminal;
using Spectre.Console;

namespace BroadcastCaptions.Session;

/// <summary>The loaded models: fetched first where they are not on this machine.</summary>
internal sealed class Engine : IDisposable
{
    /// <summary>A model that was prepared before has loaded by then; the first time its graph is rewritten.</summary>
    private static readonly TimeSpan QuietLoad = TimeSpan.FromSeconds(3);

    private readonly ISpeechModel _model;
    private readonly SileroVad _vad;
    private readonly CpuBudget _budget;

    private Engine(MoonshineModel model, SileroVad vad, CpuBudget budget) =>
        (_model, _vad, _budget, Graphs) = (model, vad, budget, model.Graphs.Reason);

    /// <summary>Which graphs of the model run, the rewritten or the shipped, and why; one sentence.</summary>
    public string Graphs { get; }

    /// <summary>Fetches what is missing, with progress, and loads it.</summary>
    /// <exception cref="Failures.CaptionsException">Not to be had, or damaged.</exception>
    public static async Task<Engine> LoadAsync(ModelOptions options, CancellationToken cancellation)
    {
        if (ModelCatalogue.Bundled.Find(options.Name).Task != ModelTask.Recognition)
            throw new CaptionsException($"The model {options.Name} does not recognise speech.", "'captions models list' shows those that do.", ExitCode.Usage);
        var store = new ModelStore(options);
        var detector = ModelCatalogue.Bundled.Detector.Name;
        var vadFolder = await FetchAsync(store, detector, cancellation);
        var modelFolder = await FetchAsync(store, options.Name, cancellation);
        var vad = await TryAsync(store, detector, () => new SileroVad(Path.Combine(vadFolder, "silero_vad_v6.onnx")), cancellation);
        try
        {
            var model = await TryAsync(store, options.Name, () => new MoonshineModel(MoonshineFiles.In(modelFolder), options), cancellation);
            GC.Collect(); // once, before anything is heard: loading leaves much behind on both heaps
            NativeHeap.Trim();
            return new Engine(model, vad, CpuBudget.Of(options));
        }
        catch
        {
            vad.Dispose();
            throw;
        }
    }

    /// <summary>A recogniser over these models; the caller disposes it before the engine.</summary>
    /// <param name="options">How segments are cut, and whether partials are shown.</param>
    /// <param name="counters">Where drops and defects are counted.</param>
    /// <param name="time">By whose clock partials' costs are measured.</param>
    public StreamingRecognizer CreateRecognizer(CaptionsOptions options, Counters counters, TimeProvider time) =>
        new(_model, _vad.CreateDetector, options.Speech, counters)
        {
            Partials = options.Display.Policy != DisplayPolicy.FinalOnly,
            Time = time,
            PartialShare = _budget.Share,
        };

    public void Dispose()
    {
        _model.Dispose();
        _vad.Dispose();
    }

    private static Task<string> FetchAsync(ModelStore store, string name, CancellationToken cancellation) =>
        Downloads.RunAsync((progress) => store.EnsureAsync(name, progress, cancellation));

    private static async Task<T> TryAsync<T>(ModelStore store, string name, Func<T> load, CancellationToken cancellation)
    {
        try
        {
            var loading = Task.Run(load, cancellation);
            if (await Task.WhenAny(loading, Task.Delay(QuietLoad, cancellation)) != loading)
                Screen.Console.WriteLine($"Preparing {name} for this machine; only the first start takes this long.");
            return await loading;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw await store.ExplainAsync(name, e, cancellation);
        }
    }
}
