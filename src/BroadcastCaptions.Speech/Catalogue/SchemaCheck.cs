using System.Text.Json;
using System.Text.RegularExpressions;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>
/// Holds a document against catalogue.schema.json, so that what an editor allows and what the program allows are one thing. Knows the words
/// of JSON Schema that this schema uses, and no others.
/// </summary>
internal static class SchemaCheck
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    /// <summary>The first thing that is not allowed: its key, its value and what is; null where all is well.</summary>
    public static string? FirstFault(JsonElement schema, JsonElement value, string key = "")
    {
        if (schema.TryGetProperty("oneOf", out var variants)) return OneOf(variants, value, key);
        if (schema.TryGetProperty("enum", out var choices) && !choices.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)))
            return NotAllowed(key, value, string.Join(", ", choices.EnumerateArray().Select(choice => choice.GetString())));
        return Text(schema, "type") switch
        {
            "object" => Object(schema, value, key),
            "array" => Array(schema, value, key),
            "string" => String(schema, value, key),
            "integer" or "number" => Number(schema, value, key),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : NotAllowed(key, value, "true or false"),
            _ => null,
        };
    }

    private static string? OneOf(JsonElement variants, JsonElement value, string key)
    {
        var all = variants.EnumerateArray().ToList();
        foreach (var variant in all)
            if (value.ValueKind == JsonValueKind.Object && Required(variant).All(name => value.TryGetProperty(name, out _))) return FirstFault(variant, value, key);
        return NotAllowed(key, value, "an object with " + string.Join(", or with ", all.Select(variant => string.Join(" and ", Required(variant)))));
    }

    private static string? Object(JsonElement schema, JsonElement value, string key)
    {
        if (value.ValueKind != JsonValueKind.Object) return NotAllowed(key, value, "an object");
        var known = schema.GetProperty("properties");
        foreach (var member in value.EnumerateObject())
        {
            var at = key.Length == 0 ? member.Name : $"{key}.{member.Name}";
            if (!known.TryGetProperty(member.Name, out var rule))
                return $"there is no key {at}; {string.Join(", ", known.EnumerateObject().Select(property => property.Name))} are allowed here";
            if (FirstFault(rule, member.Value, at) is { } fault) return fault;
        }

        var missing = Required(schema).FirstOrDefault(name => !value.TryGetProperty(name, out _));
        return missing is null ? null : $"{(key.Length == 0 ? "the file" : key)} lacks {missing}{Meaning(known.GetProperty(missing))}";
    }

    private static string? Array(JsonElement schema, JsonElement value, string key)
    {
        if (value.ValueKind != JsonValueKind.Array) return NotAllowed(key, value, "a list");
        if (schema.TryGetProperty("minItems", out var least) && value.GetArrayLength() < least.GetInt32()) return NotAllowed(key, value, $"a list of at least {least}");
        return value.EnumerateArray().Select((item, i) => FirstFault(schema.GetProperty("items"), item, $"{key}[{i}]")).FirstOrDefault(fault => fault is not null);
    }

    private static string? String(JsonElement schema, JsonElement value, string key)
    {
        if (value.ValueKind != JsonValueKind.String) return NotAllowed(key, value, "a text");
        if (Text(schema, "pattern") is { } pattern && !Regex.IsMatch(value.GetString()!, pattern, RegexOptions.CultureInvariant, PatternTime))
            return NotAllowed(key, value, $"a text like {pattern}");
        return Text(schema, "format") == "uri" && !(Uri.TryCreate(value.GetString(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            ? NotAllowed(key, value, "an http or https address")
            : null;
    }

    private static string? Number(JsonElement schema, JsonElement value, string key)
    {
        var whole = Text(schema, "type") == "integer";
        var least = schema.TryGetProperty("minimum", out var minimum) ? minimum.GetDouble() : double.NegativeInfinity;
        var fits = value.ValueKind == JsonValueKind.Number && (whole ? value.TryGetInt64(out var i) && i >= least : value.GetDouble() >= least);
        return fits ? null : NotAllowed(key, value, $"a {(whole ? "whole " : "")}number of {least} or more");
    }

    private static IEnumerable<string> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];

    private static string Meaning(JsonElement rule) => Text(rule, "description") is { } text ? $" ({text.TrimEnd('.')})" : "";

    private static string? Text(JsonElement schema, string name) => schema.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static string NotAllowed(string key, JsonElement value, string allowed) => $"{(key.Length == 0 ? "the file" : key)} is {Short(value)}; {allowed} is allowed";

    private static string Short(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "an empty list" : "a list",
        _ => value.GetRawText(),
    };
}
