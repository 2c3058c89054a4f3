using System.Text.Encodings.Web;
using System.Text.Json;

namespace BroadcastCaptions.Cli;

/// <summary>One JSON document on standard output, for --json.</summary>
internal static class JsonOutput
{
    /// <summary>On one line, as live output has it.</summary>
    public static JsonSerializerOptions Line { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Indented = new(Line) { WriteIndented = true };

    /// <summary>Writes a document.</summary>
    public static void Write<T>(T document) => Console.Out.WriteLine(JsonSerializer.Serialize(document, Indented));
}
