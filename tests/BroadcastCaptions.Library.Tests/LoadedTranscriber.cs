namespace BroadcastCaptions.Library.Tests;

/// <summary>The smallest model, loaded once for all tests.</summary>
public sealed class LoadedTranscriber : IAsyncLifetime
{
    public Transcriber Tiny { get; private set; } = null!;

    public async Task InitializeAsync() => Tiny = await Transcriber.LoadAsync("moonshine-tiny", new() { Threads = 1 });

    public Task DisposeAsync()
    {
        Tiny.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>Tests that share the model.</summary>
[CollectionDefinition(Name)]
public sealed class WithTranscriber : ICollectionFixture<LoadedTranscriber>
{
    public const string Name = "a loaded transcriber";
}
