using System.Text.Json;

namespace BroadcastCaptions.Obs.Protocol;

/// <summary>Reads fields of OBS's answers; a missing field or one of another type gives the fallback.</summary>
internal static class JsonReading
{
    public static string Text(this JsonElement json, string name) => json.TextOrNull(name) ?? "";

    public static string? TextOrNull(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static bool Flag(this JsonElement json, string name) => json.Find(name) is { ValueKind: JsonValueKind.True };

    public static int IntegerOr(this JsonElement json, string name, int fallback) =>
        json.Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : fallback;

    public static double NumberOr(this JsonElement json, string name, double fallback) =>
        json.Find(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : fallback;

    /// <summary>The elements of an array; none where there is no such array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];

    public static JsonElement? Find(this JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;
}
