using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Catalogue;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.Tests.Transcription;

/// <summary>A store with Whisper tiny.en, imported in 8 bits once for all tests of a class; nothing where its weights are not beside the checkout.</summary>
public sealed class WhisperHome : IAsyncLifetime, IDisposable
{
    public const string Model = "whisper-tiny.en";

    private readonly TemporaryFolder _store = new();

    /// <summary>Are the weights here?</summary>
    public bool IsThere => Import is not null;

    /// <summary>What the import said; null where there was none.</summary>
    public CaptionsResult? Import { get; private set; }

    /// <summary>Tells the program where the store is.</summary>
    public Dictionary<string, string?> Environment => new() { ["CAPTIONS__MODEL__FOLDER"] = _store.Path, ["CAPTIONS__MODEL__OFFLINE"] = "true" };

    /// <summary>The model's folder.</summary>
    public string Folder => Path.Combine(_store.Path, Model);

    public async Task InitializeAsync()
    {
        if (Places.InShared("models", Model) is not { } weights) return;
        var store = new ModelStore(new ModelOptions());
        foreach (var file in Directory.GetFiles(await store.EnsureAsync(store.Catalogue.Detector.Name)))
            File.Copy(file, _store[store.Catalogue.Detector.Name, Path.GetFileName(file)]);
        Import = await CaptionsProgram.RunAsync(Environment, "models", "import", weights, "--quantize", "--name", Model);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _store.Dispose();
}
