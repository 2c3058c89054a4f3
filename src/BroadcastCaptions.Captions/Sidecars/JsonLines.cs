using System.Text.Json.Serialization;

namespace BroadcastCaptions.Captions.Sidecars;

internal sealed record JsonHeader(int V, DateTimeOffset? Zero, string? File, double? Duration, string? Language, string? Model);

internal sealed record JsonSegment(double Start, double End, string Language, string? Speaker, string Text, IReadOnlyList<JsonWord> Words);

internal sealed record JsonWord(string Text, double Start, double End, double Probability);

internal sealed record JsonLoss(JsonSpan Lost);

internal sealed record JsonSpan(double Start, double End);

/// <summary>The lines of a <see cref="JsonFormat"/>, written without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JsonHeader))]
[JsonSerializable(typeof(JsonSegment))]
[JsonSerializable(typeof(JsonLoss))]
internal sealed partial class JsonLines : JsonSerializerContext;
