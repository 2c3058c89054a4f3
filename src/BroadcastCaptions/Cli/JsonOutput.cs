using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BroadcastCaptions.Cli;

/// <summary>One JSON document on standard output, for --json.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Indented = new(Line) { WriteIndented = true };

    /// <summary>Writes a document.</summary>
    public static void Write(JsonNode document) => Console.Out.WriteLine(document.ToJsonString(Indented));

    /// <summary>Writes a document on one line, as live output has it.</summary>
    public static void WriteLine(JsonNode document) => Console.Out.WriteLine(document.ToJsonString(Line));

    /// <summary>A list of them.</summary>
    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> toJson) => new([.. items.Select(toJson)]);
}
