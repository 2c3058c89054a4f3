using System.Text.Json;

namespace BroadcastCaptions.TestKit.Product;

/// <summary>What a run of the program came to.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
/// <param name="Events">The JSON objects on standard output, one a line.</param>
public sealed record CaptionsResult(int Code, string Output, string Errors, IReadOnlyList<JsonElement> Events)
{
    /// <summary>The finals among the events.</summary>
    public IEnumerable<JsonElement> Finals => Events.Where(e => e.TryGetProperty("type", out var type) && type.GetString() == "final");

    /// <summary>What the recogniser had in the end, in order.</summary>
    public string FinalText => string.Join(' ', Finals.Select(e => e.GetProperty("recognized").GetProperty("text").GetString()));
}
