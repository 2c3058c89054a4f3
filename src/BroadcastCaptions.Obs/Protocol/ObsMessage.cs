using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BroadcastCaptions.Obs.Protocol;

/// <summary>obs-websocket's envelope: <c>{"op":…,"d":{…}}</c>.</summary>
internal static class ObsMessage
{
    public const int Hello = 0;
    public const int Identify = 1;
    public const int Identified = 2;
    public const int Event = 5;
    public const int Request = 6;
    public const int RequestResponse = 7;
    public const int RequestBatch = 8;
    public const int RequestBatchResponse = 9;

    /// <summary>The version of the remote procedure calls that we speak, the only one there is.</summary>
    public const int RpcVersion = 1;

    /// <summary>Writes an envelope around <paramref name="data"/>.</summary>
    public static ReadOnlyMemory<byte> Write(int op, JsonObject data)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("op", op);
        json.WritePropertyName("d");
        data.WriteTo(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Reads an envelope; the data outlive the message.</summary>
    /// <exception cref="JsonException">Not an envelope.</exception>
    public static (int Op, JsonElement Data) Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        var root = document.RootElement;
        if (root.ValueKind is not JsonValueKind.Object
            || !root.TryGetProperty("op", out var op) || !op.TryGetInt32(out var code)
            || !root.TryGetProperty("d", out var data) || data.ValueKind is not JsonValueKind.Object)
            throw new JsonException("Not an obs-websocket message.");
        return (code, data.Clone());
    }
}
