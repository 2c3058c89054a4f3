using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BroadcastCaptions.Obs.Tests.Fake;

/// <summary>An obs-websocket 5 server in this process, with a small OBS behind it.</summary>
internal sealed class FakeObs : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<FakeObsConnection, bool> _connections = new();
    private int _connected;

    private FakeObs(WebApplication server, FakeObsWorld world, string? password) => (_server, World, Password) = (server, world, password);

    public FakeObsWorld World { get; }

    public string? Password { get; set; }

    public int Port { get; private set; }

    /// <summary>How many connections there ever were.</summary>
    public int Connected => Volatile.Read(ref _connected);

    /// <summary>Answers a request instead of the world; null leaves it to the world.</summary>
    public Func<string, JsonObject, Task<FakeAnswer?>>? Intercept { get; set; }

    /// <summary>The first message, instead of Hello; null sends none.</summary>
    public Func<string?>? Greeting { get; set; }

    public ObsEndpoint Endpoint => new("127.0.0.1", Port, Password);

    public static async Task<FakeObs> StartAsync(string? password = null, FakeObsWorld? world = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var server = builder.Build();
        var obs = new FakeObs(server, world ?? new FakeObsWorld(), password);
        server.UseWebSockets();
        server.Run(obs.ServeAsync);
        await server.StartAsync();
        var addresses = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        obs.Port = new Uri(addresses.First()).Port;
        return obs;
    }

    public void Emit(string type, JsonObject? data = null)
    {
        foreach (var connection in _connections.Keys) connection.Emit(type, data);
    }

    public async Task CloseAllAsync(int code)
    {
        foreach (var connection in _connections.Keys) await connection.CloseAsync(code);
    }

    /// <summary>Breaks every connection, as a killed OBS does.</summary>
    public void DropAll()
    {
        foreach (var connection in _connections.Keys) connection.Drop();
    }

    public async ValueTask DisposeAsync()
    {
        DropAll();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _server.StopAsync(now.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        await _server.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync("obswebsocket.json");
        var connection = new FakeObsConnection(this, socket, context);
        Interlocked.Increment(ref _connected);
        try
        {
            await connection.ServeAsync(() => _connections[connection] = true);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // the client left, or the test dropped it
        }
        finally
        {
            _connections.TryRemove(connection, out _);
        }
    }
}
