using System.Text.Json;
using System.Text.RegularExpressions;

namespace BroadcastCaptions.ObsPlugin.Tests;

/// <summary>As much of JSON Schema as the manifest's schema uses. What a document breaks is named by its place.</summary>
internal static class Schema
{
    public static IEnumerable<string> Faults(JsonElement schema, JsonElement value, string place = "$")
    {
        foreach (var rule in schema.EnumerateObject())
        {
            var faults = rule.Name switch
            {
                "type" => Check(IsOf(value, rule.Value.GetString()!), "is no " + rule.Value),
                "const" => Check(value.ToString() == rule.Value.ToString(), "is not " + rule.Value),
                "enum" => Check(rule.Value.EnumerateArray().Any(choice => choice.ToString() == value.ToString()), "is none of " + rule.Value),
                "pattern" => Check(Regex.IsMatch(value.GetString()!, rule.Value.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)), "does not fit " + rule.Value),
                "minimum" => Check(value.GetDouble() >= rule.Value.GetDouble(), "is below " + rule.Value),
                "maximum" => Check(value.GetDouble() <= rule.Value.GetDouble(), "is above " + rule.Value),
                "required" => rule.Value.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{place}.{name} is missing"),
                "properties" => value.EnumerateObject().SelectMany(field => rule.Value.TryGetProperty(field.Name, out var own) ? Faults(own, field.Value, $"{place}.{field.Name}") : []),
                "additionalProperties" => value.EnumerateObject().Where(field => !schema.GetProperty("properties").TryGetProperty(field.Name, out _)).Select(field => $"{place}.{field.Name} is unknown"),
                "items" => value.EnumerateArray().SelectMany((item, index) => Faults(rule.Value, item, $"{place}[{index}]")),
                "$schema" or "title" or "description" => [],
                var other => throw new NotSupportedException($"The schema uses '{other}', which this test does not know."),
            };
            foreach (var fault in faults) yield return fault;
        }

        IEnumerable<string> Check(bool holds, string fault) => holds ? [] : [$"{place} {fault}"];
    }

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => throw new NotSupportedException(type),
    };
}
