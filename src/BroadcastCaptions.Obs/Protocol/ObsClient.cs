using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using BroadcastCaptions.Obs.Protocol;

namespace BroadcastCaptions.Obs;

/// <summary>
/// One identified connection to OBS (obs-websocket 5, JSON). It does not reconnect: <see cref="ObsSession"/> does.
/// Thread-safe. Whoever subscribes to events must read them: a client that falls <see cref="EventCapacity"/> events
/// behind ends its connection, because a lost mute event could put private words on air.
/// </summary>
public sealed class ObsClient : IAsyncDisposable
{
    /// <summary>Events that may wait for their reader; OBS sends a few a second.</summary>
    public const int EventCapacity = 1024;

    /// <summary>How long OBS may take for an answer, including the time in which it says that it is not ready.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan NotReadyPause = TimeSpan.FromMilliseconds(100);

    private readonly ObsSocket _socket;
    private readonly ObsEndpoint _endpoint;
    private readonly TimeProvider _time;
    private readonly PendingRequests _pending = new();
    private readonly Channel<ObsEvent> _events = Channel.CreateBounded<ObsEvent>(new BoundedChannelOptions(EventCapacity) { SingleWriter = true });
    private readonly Task<ObsConnectionException> _closed;

    private ObsClient(ObsSocket socket, ObsEndpoint endpoint, TimeProvider time)
    {
        (_socket, _endpoint, _time) = (socket, endpoint, time);
        _closed = Task.Run(ReceiveAsync);
    }

    /// <summary>What OBS sent, in order; completes when the connection ends.</summary>
    public ChannelReader<ObsEvent> Events => _events.Reader;

    /// <summary>Completes, never faults, when the connection has ended, with the reason.</summary>
    public Task<ObsConnectionException> Closed => _closed;

    /// <summary>Connects and identifies.</summary>
    /// <param name="endpoint">Where, and with what password.</param>
    /// <param name="events">The events to be sent.</param>
    /// <param name="time">For timeouts and the events' timestamps.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ObsConnectionException">No connection, and why.</exception>
    public static async Task<ObsClient> ConnectAsync(
        ObsEndpoint endpoint, ObsEvents events, TimeProvider time, CancellationToken cancellation)
    {
        var socket = new ObsSocket();
        try
        {
            await ObsHandshake.ShakeAsync(socket, endpoint, events, time, cancellation);
            return new ObsClient(socket, endpoint, time);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Asks OBS for something, again while it is not ready (status 207), and gives the answer's fields.</summary>
    /// <param name="type">obs-websocket's name of the request.</param>
    /// <param name="data">Its fields; null for none.</param>
    /// <param name="cancellation">Gives up waiting; OBS may act all the same.</param>
    /// <exception cref="ObsRequestException">OBS answered with an error.</exception>
    /// <exception cref="ObsConnectionException">The connection ended first.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="RequestTimeout"/>.</exception>
    public async Task<JsonElement> RequestAsync(string type, JsonObject? data = null, CancellationToken cancellation = default)
    {
        var asked = _time.GetTimestamp();
        while (true)
        {
            var body = new JsonObject { ["requestType"] = type };
            if (data is not null) body["requestData"] = data.DeepClone();
            var answer = await AskAsync(ObsMessage.Request, body, type, cancellation);
            var response = Response(answer);
            if (response.Succeeded) return response.Data;
            if (response.Status != ObsStatus.NotReady || _time.GetElapsedTime(asked) > RequestTimeout)
                throw new ObsRequestException(type, response.Status, (answer.Find("requestStatus") ?? default).Text("comment"));
            await Task.Delay(NotReadyPause, _time, cancellation);
        }
    }

    /// <summary>Asks for several things in one message; OBS handles them in order and stops at no error.</summary>
    /// <returns>One answer for each request, in order.</returns>
    /// <exception cref="ObsConnectionException">The connection ended first.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="RequestTimeout"/>.</exception>
    public async Task<IReadOnlyList<ObsResponse>> BatchAsync(IEnumerable<ObsRequest> requests, CancellationToken cancellation = default)
    {
        var list = new JsonArray();
        foreach (var (type, data) in requests)
        {
            var item = new JsonObject { ["requestType"] = type };
            if (data is not null) item["requestData"] = data.DeepClone();
            list.Add((JsonNode)item);
        }

        if (list.Count == 0) return [];
        var answer = await AskAsync(ObsMessage.RequestBatch, new JsonObject { ["requests"] = list }, "a batch", cancellation);
        return [.. answer.Items("results").Select(Response)];
    }

    /// <summary>Ends the connection: says goodbye, waits a moment for the answer.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await _socket.CloseAsync(patience.Token);
            await _closed.WaitAsync(patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            _socket.Abort();
            await _closed;
        }

        _socket.Dispose();
    }

    /// <summary>Breaks the connection at once.</summary>
    internal void Abort() => _socket.Abort();

    private async Task<JsonElement> AskAsync(int op, JsonObject body, string what, CancellationToken cancellation)
    {
        var (id, answer) = _pending.Add();
        body["requestId"] = id;
        try
        {
            await _socket.SendAsync(ObsMessage.Write(op, body), cancellation);
            return await answer.WaitAsync(RequestTimeout, _time, cancellation);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            throw new ObsConnectionException(ObsFailure.Lost, $"The connection to OBS ended before it answered {what}.", e);
        }
        finally
        {
            _pending.Remove(id);
        }
    }

    private async Task<ObsConnectionException> ReceiveAsync()
    {
        ObsConnectionException reason;
        try
        {
            while (await _socket.ReceiveAsync(CancellationToken.None) is { } message) Dispatch(ObsMessage.Read(message));
            reason = ObsHandshake.Closed(_socket, _endpoint);
        }
        catch (Exception e)
        {
            _socket.Abort();
            reason = new ObsConnectionException(ObsFailure.Lost, "The connection to OBS broke.", e);
        }

        _pending.End(reason);
        _events.Writer.TryComplete();
        return reason;
    }

    private void Dispatch((int Op, JsonElement Data) message)
    {
        switch (message.Op)
        {
            case ObsMessage.RequestResponse or ObsMessage.RequestBatchResponse:
                _pending.Complete(message.Data);
                break;
            case ObsMessage.Event:
                var data = message.Data.Find("eventData") ?? default;
                if (!_events.Writer.TryWrite(new ObsEvent(message.Data.Text("eventType"), data, _time.GetTimestamp())))
                    throw new InvalidOperationException("Nobody reads OBS's events.");
                break;
        }
    }

    private static ObsResponse Response(JsonElement answer) =>
        new((answer.Find("requestStatus") ?? default).IntegerOr("code", 0), answer.Find("responseData") ?? default);
}
