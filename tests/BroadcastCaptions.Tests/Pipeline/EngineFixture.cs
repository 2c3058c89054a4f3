using BroadcastCaptions.Options;
using BroadcastCaptions.Session;

namespace BroadcastCaptions.Tests.Pipeline;

/// <summary>Moonshine tiny, loaded once for all tests of a class; downloaded where it is not on this machine.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    internal Engine Engine { get; private set; } = null!;

    public async Task InitializeAsync() => Engine = await Engine.LoadAsync(new ModelOptions { Name = "moonshine-tiny" }, CancellationToken.None);

    public Task DisposeAsync() => Engine.DisposeAsync().AsTask();
}
