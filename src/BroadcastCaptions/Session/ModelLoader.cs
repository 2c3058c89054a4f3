using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Catalogue;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Models.Devices;
using BroadcastCaptions.Terminal;
using Spectre.Console;

namespace BroadcastCaptions.Session;

/// <summary>Fetches models where they are not on this machine, and loads them.</summary>
internal sealed class ModelLoader(ModelOptions options)
{
    /// <summary>A model that was prepared before has loaded by then; the first time its graph is rewritten.</summary>
    private static readonly TimeSpan QuietLoad = TimeSpan.FromSeconds(3);

    /// <summary>The models on this machine.</summary>
    public ModelStore Store { get; } = new(options);

    /// <summary>Fetches the detector where it is missing, with progress.</summary>
    /// <returns>Its folder.</returns>
    /// <exception cref="CaptionsException">Not to be had.</exception>
    public Task<string> FetchDetectorAsync(CancellationToken cancellation) => FetchAsync(Store.Catalogue.Detector.Name, cancellation);

    /// <summary>Loads the detector.</summary>
    /// <exception cref="CaptionsException">It is damaged.</exception>
    public Task<SileroVad> LoadDetectorAsync(string folder, CancellationToken cancellation) =>
        TryAsync(Store.Catalogue.Detector.Name, Device.Cpu, () => new SileroVad(Path.Combine(folder, "silero_vad_v6.onnx")), cancellation);

    /// <summary>Fetches a model where it is missing, with progress, and loads it.</summary>
    /// <exception cref="CaptionsException">Not to be had, or damaged, or it does not recognise speech.</exception>
    public async Task<ISpeechModel> ModelAsync(string name, CancellationToken cancellation)
    {
        var model = Store.Catalogue.Find(name);
        if (model.Task != ModelTask.Recognition)
            throw new CaptionsException($"The model {name} does not recognise speech.", "'captions models list' shows those that do.", ExitCode.Usage);
        var folder = await FetchAsync(name, cancellation);
        var loaded = await TryAsync(name, options.Device, () => Load(model, folder), cancellation);
        if (options.Device is Device.Auto or Device.Cpu && ModelFamilies.Graphs(loaded) is { Decoder: false } graphs)
            Screen.Console.WriteLine($"{name} is slower than it could be. {graphs.Reason}");
        return loaded;
    }

    /// <summary>Loads a model that is on this machine, without a word.</summary>
    public ISpeechModel Load(CatalogueModel model, string folder) => ModelFamilies.Load(model.Family, folder, options);

    private Task<string> FetchAsync(string name, CancellationToken cancellation) =>
        Downloads.RunAsync(progress => Store.EnsureAsync(name, progress, cancellation));

    private async Task<T> TryAsync<T>(string name, Device device, Func<T> load, CancellationToken cancellation)
    {
        try
        {
            var loading = Task.Run(load, cancellation);
            if (await Task.WhenAny(loading, Task.Delay(QuietLoad, cancellation)) != loading)
                Screen.Console.WriteLine($"Preparing {name} for this machine; the next start is quick.");
            return await loading;
        }
        catch (Exception e) when (e is not (OperationCanceledException or CaptionsException { Code: ExitCode.Usage }))
        {
            // Whole files that do not load on a device speak against the device.
            if (ComputeDevice.Blame(device, e) is { } blamed && (await Store.VerifyAsync(name, cancellation)).All(file => file.State == InstallState.Installed)) throw blamed;
            throw await Store.ExplainAsync(name, e, cancellation);
        }
    }
}
