using BroadcastCaptions.Choosing;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Models.Devices;
using BroadcastCaptions.Speech.Streaming;

namespace BroadcastCaptions.Session;

/// <summary>The loaded models: fetched first where they are not on this machine.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private readonly SileroVad _vad;
    private readonly CpuBudget _budget;
    private readonly ISpeechModel _model;
    private readonly ISpeechModel? _final;
    private readonly string _names;

    private Engine(SileroVad vad, CpuBudget budget, ISpeechModel model, ISpeechModel? final, AutoModel? auto, string names) =>
        (_vad, _budget, _model, _final, Auto, _names) = (vad, budget, model, final, auto, names);

    /// <summary>Which graphs of the model run, the rewritten or the shipped, and why; one sentence. Empty where the model may change.</summary>
    public string Graphs => ModelFamilies.Graphs(_model)?.Reason ?? "";

    /// <summary>What computes, and why.</summary>
    public DeviceChoice Device { get; private set; } = new(Options.Device.Auto, Options.Device.Cpu);

    /// <summary>The choice of the model, where it is left to the program.</summary>
    public AutoModel? Auto { get; }

    /// <summary>The model that recognises now; behind it the one that makes the finals, where that is another.</summary>
    public string Names => Auto?.Current ?? _names;

    /// <summary>Fetches what is missing, with progress, and loads it.</summary>
    /// <param name="options">Which model.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="live">Does anybody wait for the words? Else auto takes the best that is here.</param>
    /// <param name="partials">Are words shown as they are spoken? Else a model that is too slow for that needs no light one beside it.</param>
    /// <param name="arrange">How a model is to be run; null: as it is.</param>
    /// <exception cref="Failures.CaptionsException">Not to be had, or damaged; or the device is not to be had.</exception>
    public static async Task<Engine> LoadAsync(ModelOptions options, CancellationToken cancellation, bool live = true, bool partials = true, Func<ISpeechModel, ISpeechModel>? arrange = null)
    {
        var device = DeviceChoice.Of(options, new SpeedMemory());
        options = options.On(device.Granted);
        ComputeDevice.Try(device.Granted); // before anything is fetched for it
        arrange ??= model => model;
        var (loader, budget) = (new ModelLoader(options), CpuBudget.Of(options));
        LiveLanguage.Check(options, loader.Store.Catalogue);
        await using var loaded = new Disposables();
        var detector = loaded.Add(loader.LoadDetectorAsync(await loader.FetchDetectorAsync(cancellation), cancellation)); // beside the model
        Engine engine;
        if (options is { IsAuto: true, Final: null })
        {
            var auto = new AutoModel(loader, options, new SpeedMemory(), arrange); // nothing goes on behind the scenes before the session begins
            var model = loaded.Add(await auto.BeginAsync(live, cancellation));
            engine = new(await detector, budget, model, null, auto, "");
        }
        else
        {
            var name = options.IsAuto ? AutoModel.Choices.Last().Name : options.Name; // beside a model for the finals, partials need but be fast
            var model = loaded.Add(await loader.ModelAsync(name, cancellation));
            var final = options.Final is { } stronger && stronger != name ? loaded.Add(await loader.ModelAsync(stronger, cancellation)) : null;
            if (live && partials && final is null && !LiveLanguage.IsForeign(options) && await HeavyModel.LightBesideAsync(loader, name, model, options, cancellation) is { } light)
                (name, model, final) = (light, loaded.Add(await loader.ModelAsync(light, cancellation)), model);
            var vad = await detector;
            loaded.Keep(); // their arrangements own them
            engine = new(vad, budget, arrange(model), final is null ? null : arrange(final), null, final is null ? name : $"{name}, finals {options.Final ?? options.Name}");
        }

        loaded.Keep();
        engine.Device = device;
        return engine;
    }

    /// <summary>A recogniser over these models; the caller disposes it before the engine.</summary>
    /// <param name="options">How segments are cut, and whether partials are shown.</param>
    /// <param name="counters">Where drops and defects are counted.</param>
    /// <param name="time">By whose clock partials' costs are measured.</param>
    /// <param name="onFailure">Told what keeps a model from answering; null: it is thrown.</param>
    public StreamingRecognizer CreateRecognizer(CaptionsOptions options, Counters counters, TimeProvider time, Action<Exception?>? onFailure = null) =>
        new(_model, _vad.CreateDetector, options.Speech, counters)
        {
            Partials = options.Display.Policy != DisplayPolicy.FinalOnly,
            FinalModel = _final,
            Time = time,
            OnFailure = onFailure,
            PartialShare = _budget.Share,
        };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Auto is not null) await Auto.DisposeAsync();
        _model.Dispose();
        _final?.Dispose();
        _vad.Dispose();
    }
}
