using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Catalogue;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Moonshine;

namespace BroadcastCaptions.Speech.Tests;

/// <summary>The real models, from the platform's cache, fetched at first use: each loaded once for all tests that need it.</summary>
public sealed class SpeechModels : IAsyncLifetime
{
    private readonly ModelStore _store = new(new ModelOptions());
    private readonly Dictionary<string, MoonshineModel> _loaded = [];

    internal string DetectorFile { get; private set; } = "";

    internal SileroVad Detector { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        DetectorFile = Path.Combine(await _store.EnsureAsync("silero-vad-v6"), "silero_vad_v6.onnx");
        Detector = new(DetectorFile);
    }

    public Task DisposeAsync()
    {
        Detector.Dispose();
        foreach (var model in _loaded.Values) model.Dispose();
        return Task.CompletedTask;
    }

    internal async Task<MoonshineFiles> FilesAsync(string name)
    {
        var folder = await _store.EnsureAsync(name);
        return MoonshineFiles.In(folder);
    }

    internal async Task<MoonshineModel> LoadAsync(string name)
    {
        if (!_loaded.TryGetValue(name, out var model)) _loaded[name] = model = new(await FilesAsync(name), new ModelOptions());
        return model;
    }
}

/// <summary>Tests that share the real models; they run one after another, for a model is not thread-safe.</summary>
[CollectionDefinition(Name)]
public sealed class WithSpeechModels : ICollectionFixture<SpeechModels>
{
    public const string Name = "real models";
}
