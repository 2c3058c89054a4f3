using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BroadcastCaptions.Obs.Protocol;

/// <summary>Connect, Hello, Identify, Identified; every way in which that can fail becomes one sentence.</summary>
internal static class ObsHandshake
{
    /// <summary>How long a server may take for each step; OBS answers in milliseconds, a busy one in tenths.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <exception cref="ObsConnectionException">No connection, and why.</exception>
    public static async Task ShakeAsync(
        ObsSocket socket, ObsEndpoint endpoint, ObsEvents events, TimeProvider time, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            await ConnectAsync(socket, endpoint, either.Token);
            var hello = await ExpectAsync(socket, endpoint, ObsMessage.Hello, either.Token);
            await socket.SendAsync(ObsMessage.Write(ObsMessage.Identify, Identify(hello, endpoint, events)), either.Token);
            await ExpectAsync(socket, endpoint, ObsMessage.Identified, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw NotObs(endpoint, "it does not greet", e);
        }
    }

    private static async Task ConnectAsync(ObsSocket socket, ObsEndpoint endpoint, CancellationToken cancellation)
    {
        try
        {
            await socket.ConnectAsync(endpoint.Address, cancellation);
        }
        catch (WebSocketException e) when (e.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError })
        {
            throw new ObsConnectionException(ObsFailure.Unreachable, $"Nothing answers at {endpoint}.", e);
        }
        catch (WebSocketException e)
        {
            throw NotObs(endpoint, "it is not a WebSocket server", e);
        }
    }

    private static async Task<JsonElement> ExpectAsync(
        ObsSocket socket, ObsEndpoint endpoint, int expected, CancellationToken cancellation)
    {
        try
        {
            if (await socket.ReceiveAsync(cancellation) is not { } message) throw Closed(socket, endpoint);
            var (op, data) = ObsMessage.Read(message);
            return op == expected ? data : throw NotObs(endpoint, "it speaks another protocol");
        }
        catch (Exception e) when (e is JsonException or WebSocketException)
        {
            throw NotObs(endpoint, "it speaks another protocol", e);
        }
    }

    private static JsonObject Identify(JsonElement hello, ObsEndpoint endpoint, ObsEvents events)
    {
        if (hello.IntegerOr("rpcVersion", 0) < ObsMessage.RpcVersion) throw NotObs(endpoint, "it speaks another protocol");
        var identify = new JsonObject { ["rpcVersion"] = ObsMessage.RpcVersion, ["eventSubscriptions"] = (int)events };
        if (hello.TryGetProperty("authentication", out var challenge))
        {
            if (string.IsNullOrEmpty(endpoint.Password))
                throw new ObsConnectionException(ObsFailure.WrongPassword, $"OBS at {endpoint} asks for a password, and none is known.");
            identify["authentication"] = ObsAuthentication.Respond(
                endpoint.Password, challenge.Text("salt"), challenge.Text("challenge"));
        }

        return identify;
    }

    /// <summary>Why the other side closed.</summary>
    public static ObsConnectionException Closed(ObsSocket socket, ObsEndpoint endpoint) => socket.CloseCode switch
    {
        ObsCloseCode.AuthenticationFailed => new(ObsFailure.WrongPassword, $"OBS at {endpoint} refused the password."),
        ObsCloseCode.SessionInvalidated => new(ObsFailure.Kicked, "OBS's user ended this connection (Kick in WebSocket Server Settings)."),
        ObsCloseCode.UnsupportedRpcVersion => NotObs(endpoint, "it speaks another version of the protocol"),
        _ => new(ObsFailure.Lost, "The connection to OBS ended."),
    };

    private static ObsConnectionException NotObs(ObsEndpoint endpoint, string why, Exception? inner = null) =>
        new(ObsFailure.NotObs, $"What listens at {endpoint} is not OBS's WebSocket server: {why}.", inner);
}
