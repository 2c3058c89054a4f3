using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.TestKit.Obs;

/// <summary>
/// Looks at OBS from OBS's side: the least of obs-websocket v5 that tests need, written apart from the product's client so
/// that the two cannot be wrong together. One request at a time; or events, where they are asked for.
/// </summary>
public sealed class ObsObserver : IAsyncDisposable
{
    /// <summary>obs-websocket's bit for what plug-ins say.</summary>
    public const int VendorEvents = 1 << 9;

    private const int Event = 5;
    private const int Hello = 0;
    private const int Identify = 1;
    private const int Identified = 2;
    private const int Request = 6;
    private const int Response = 7;

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _one = new(1, 1);
    private int _requests;
    private Func<Task<string>>? _whyGone;

    private ObsObserver()
    {
    }

    /// <summary>Connects, trying for as long as OBS may need to start.</summary>
    public static Task<ObsObserver> ConnectAsync(int port, string password, int events = 0) => ConnectAsync(port, password, Wait.Generous, events);

    /// <summary>Connects, trying for so long.</summary>
    /// <param name="port">Of OBS's server.</param>
    /// <param name="password">Of OBS's server.</param>
    /// <param name="limit">After this a <see cref="TimeoutException"/> is thrown.</param>
    /// <param name="events">obs-websocket's bits of what is to be told.</param>
    /// <param name="whyGone">Tells what became of OBS, for the message of whoever loses it.</param>
    public static async Task<ObsObserver> ConnectAsync(int port, string password, TimeSpan limit, int events = 0, Func<Task<string>>? whyGone = null)
    {
        ObsObserver? observer = null;
        await Wait.UntilAsync(async () => (observer = await TryConnectAsync(port, password, events)) is not null, limit, "OBS's WebSocket server");
        observer!._whyGone = whyGone;
        return observer;
    }

    /// <summary>Sends a request and returns its response data.</summary>
    /// <exception cref="ObsRefusedException">OBS answered with another status than success.</exception>
    /// <exception cref="TimeoutException">OBS did not answer. The connection is of no more use.</exception>
    public async Task<JsonElement> AskAsync(string type, JsonObject? data = null)
    {
        await _one.WaitAsync();
        using var limit = new CancellationTokenSource(Wait.Generous);
        try
        {
            var id = $"{++_requests}";
            await SendAsync(Request, new JsonObject { ["requestType"] = type, ["requestId"] = id, ["requestData"] = data });
            while (true)
            {
                var (op, message) = await AnswerAsync(limit.Token);
                if (op != Response || message.GetProperty("requestId").GetString() != id) continue;
                var status = message.GetProperty("requestStatus");
                if (status.GetProperty("code").GetInt32() is not 100 and var code)
                    throw new ObsRefusedException(type, code, status.TryGetProperty("comment", out var comment) ? comment.GetString() ?? "" : "");
                return message.TryGetProperty("responseData", out var answer) ? answer : default;
            }
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"OBS did not answer {type}. {(_whyGone is null ? "" : await _whyGone())}", e);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Hands every event over until the connection ends. No requests beside it.</summary>
    public async Task ReadEventsAsync(Action<JsonElement> take)
    {
        try
        {
            while (true)
                if (await ReceiveAsync() is (Event, var data)) take(data);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Closed.
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _one.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<ObsObserver?> TryConnectAsync(int port, string password, int events)
    {
        var observer = new ObsObserver();
        try
        {
            await observer.GreetAsync(port, password, events).WaitAsync(TimeSpan.FromSeconds(5)); // an OBS that hangs at its start does not answer
            return observer;
        }
        catch (Exception e) when (e is WebSocketException or TimeoutException or ObsRefusedException)
        {
            await observer.DisposeAsync();
            return null;
        }
    }

    private async Task GreetAsync(int port, string password, int events)
    {
        await _socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}"), CancellationToken.None);
        await IdentifyAsync(password, events);
        // A starting OBS identifies clients before its scenes are loaded, and says 207 (not ready) until they are.
        await AskAsync("GetSceneList");
    }

    private async Task IdentifyAsync(string password, int events)
    {
        var (op, hello) = await ReceiveAsync();
        if (op != Hello) throw new InvalidOperationException($"OBS began with op {op}.");
        var identify = new JsonObject { ["rpcVersion"] = 1, ["eventSubscriptions"] = events };
        if (hello.TryGetProperty("authentication", out var challenge))
        {
            var secret = Hash(password + challenge.GetProperty("salt").GetString());
            identify["authentication"] = Hash(secret + challenge.GetProperty("challenge").GetString());
        }

        await SendAsync(Identify, identify);
        (op, _) = await ReceiveAsync();
        if (op != Identified) throw new InvalidOperationException($"OBS answered op {op} to the greeting.");
    }

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private async Task SendAsync(int op, JsonObject data) => await _socket.SendAsync(
        Encoding.UTF8.GetBytes(new JsonObject { ["op"] = op, ["d"] = data }.ToJsonString()), WebSocketMessageType.Text, true, CancellationToken.None);

    private async Task<(int Op, JsonElement Data)> AnswerAsync(CancellationToken cancel)
    {
        try
        {
            return await ReceiveAsync(cancel);
        }
        catch (WebSocketException e) when (_whyGone is not null)
        {
            throw new WebSocketException($"{e.Message} {await _whyGone()}", e);
        }
    }

    private async Task<(int Op, JsonElement Data)> ReceiveAsync(CancellationToken cancel = default)
    {
        using var message = new MemoryStream();
        var buffer = new byte[65536];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), cancel);
            if (part.MessageType == WebSocketMessageType.Close) throw new WebSocketException($"OBS closed the connection ({_socket.CloseStatus}).");
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        var root = JsonDocument.Parse(message.ToArray()).RootElement;
        return (root.GetProperty("op").GetInt32(), root.GetProperty("d"));
    }
}

/// <summary>OBS refused a request.</summary>
/// <param name="request">Which.</param>
/// <param name="code">obs-websocket's status code.</param>
/// <param name="comment">What OBS says about it.</param>
public sealed class ObsRefusedException(string request, int code, string comment) : Exception($"OBS refused {request}: {code} {comment}")
{
    /// <summary>obs-websocket's status code: 600 where the thing is not there.</summary>
    public int Code { get; } = code;
}
