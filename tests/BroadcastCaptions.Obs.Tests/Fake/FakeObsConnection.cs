using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using BroadcastCaptions.Obs.Protocol;
using Microsoft.AspNetCore.Http;

namespace BroadcastCaptions.Obs.Tests.Fake;

/// <summary>One client of the fake OBS.</summary>
internal sealed class FakeObsConnection(FakeObs obs, WebSocket socket, HttpContext context)
{
    private const string Salt = "c2FsdA==";
    private const string Challenge = "Y2hhbGxlbmdl";

    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>();

    public async Task ServeAsync(Action identified)
    {
        _ = PumpAsync();
        if (await GreetAsync())
        {
            identified();
            while (await ReceiveAsync() is { } message) _ = HandleAsync(message);
        }

        if (socket.State is WebSocketState.CloseReceived) await CloseAsync(1000);
    }

    public void Emit(string type, JsonObject? data) =>
        Send(5, new JsonObject { ["eventType"] = type, ["eventIntent"] = 1, ["eventData"] = data?.DeepClone() });

    public Task CloseAsync(int code) => socket.CloseOutputAsync((WebSocketCloseStatus)code, "as the test wants", CancellationToken.None);

    public void Drop() => context.Abort();

    private async Task<bool> GreetAsync()
    {
        if (obs.Greeting is { } greeting)
        {
            if (greeting() is { } text) await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
            await ReceiveAsync();
            return false;
        }

        var hello = new JsonObject { ["obsWebSocketVersion"] = "5.1.0", ["rpcVersion"] = 1 };
        if (obs.Password is not null) hello["authentication"] = new JsonObject { ["challenge"] = Challenge, ["salt"] = Salt };
        Send(0, hello);
        if (await ReceiveAsync() is not { } identify) return false;
        if (obs.Password is { } password && (string?)identify["d"]!["authentication"] != ObsAuthentication.Respond(password, Salt, Challenge))
        {
            await CloseAsync(4009);
            return false;
        }

        Send(2, new JsonObject { ["negotiatedRpcVersion"] = 1 });
        return true;
    }

    private async Task HandleAsync(JsonObject message)
    {
        var data = message["d"]!.AsObject();
        var id = (string)data["requestId"]!;
        if ((int)message["op"]! == 8)
        {
            var results = new JsonArray();
            foreach (var request in data["requests"]!.AsArray()) results.Add(await AnswerAsync(request!.AsObject()));
            Send(9, new JsonObject { ["requestId"] = id, ["results"] = results });
            return;
        }

        var answer = await AnswerAsync(data);
        answer["requestId"] = id;
        Send(7, answer);
    }

    private async Task<JsonObject> AnswerAsync(JsonObject request)
    {
        var type = (string)request["requestType"]!;
        var fields = request["requestData"] as JsonObject ?? [];
        var answer = obs.Intercept is { } intercept && await intercept(type, fields) is { } instead ? instead : obs.World.Answer(type, fields);
        if (type == "BroadcastCustomEvent") obs.Emit("CustomEvent", fields["eventData"]!.AsObject());
        return new JsonObject
        {
            ["requestType"] = type,
            ["requestStatus"] = new JsonObject { ["result"] = answer.Code == 100, ["code"] = answer.Code },
            ["responseData"] = answer.Data?.DeepClone(),
        };
    }

    private void Send(int op, JsonObject data) =>
        _outgoing.Writer.TryWrite(Encoding.UTF8.GetBytes(new JsonObject { ["op"] = op, ["d"] = data }.ToJsonString()));

    private async Task PumpAsync()
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(context.RequestAborted))
                await socket.SendAsync(message, WebSocketMessageType.Text, true, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // the client left meanwhile
        }
    }

    private async Task<JsonObject?> ReceiveAsync()
    {
        var message = new MemoryStream();
        var part = new byte[4096];
        while (true)
        {
            var received = await socket.ReceiveAsync(part, context.RequestAborted);
            if (received.MessageType is WebSocketMessageType.Close) return null;
            message.Write(part, 0, received.Count);
            if (received.EndOfMessage) return JsonNode.Parse(message.ToArray())!.AsObject();
        }
    }
}
