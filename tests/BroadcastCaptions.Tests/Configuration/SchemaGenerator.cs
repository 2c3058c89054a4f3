using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using BroadcastCaptions.Configuration;
using BroadcastCaptions.Options;

namespace BroadcastCaptions.Tests.Configuration;

/// <summary>Writes the JSON Schema of captions.json from the options' types, ranges, defaults and XML docs.</summary>
internal static partial class SchemaGenerator
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, string> Docs = XDocument
        .Load(Path.Combine(AppContext.BaseDirectory, "BroadcastCaptions.Core.xml")).Descendants("member")
        .ToDictionary(member => (string)member.Attribute("name")!, member => Words().Replace(Summary(member), " ").Trim());

    public static string Generate()
    {
        var root = Section(typeof(CaptionsOptions), new CaptionsOptions());
        root["properties"]!.AsObject().Insert(0, "$schema", new JsonObject { ["type"] = "string" });
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        root.Insert(1, "title", "captions.json of BroadcastCaptions");
        return root.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Section(Type type, object defaults)
    {
        var properties = new JsonObject();
        foreach (var property in type.GetProperties().Where(p => p.CanWrite))
            properties[OptionRule.JsonName(property.Name)] = Property(property, property.GetValue(defaults));
        return new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
    }

    /// <summary>A member's summary, with the names that it refers to as they stand in captions.json.</summary>
    private static string Summary(XElement member) => string.Concat(member.Element("summary")?.DescendantNodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement see when see.Attribute("cref") is { } name => OptionRule.JsonName(name.Value.Split('.')[^1]),
        _ => "",
    }) ?? []);

    private static JsonObject Property(PropertyInfo property, object? value)
    {
        var rule = OptionRule.Of(property);
        var schema = rule.Kind switch
        {
            OptionKind.Section => Section(property.PropertyType, value!),
            OptionKind.List => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
            _ => Value(rule),
        };
        schema["description"] = Docs[$"P:{property.DeclaringType!.FullName}.{property.Name}"];
        if (rule.Kind == OptionKind.Value && value is not null) schema["default"] = Default(value);
        if (value is IList<string> { Count: > 0 } list) schema["default"] = new JsonArray([.. list.Select(item => JsonValue.Create(item))]);
        return schema;
    }

    private static JsonObject Value(OptionRule rule)
    {
        var schema = new JsonObject();
        if (rule.Type.IsEnum) schema["enum"] = new JsonArray([.. rule.Choices.Select(choice => JsonValue.Create(choice))]);
        else schema["type"] = rule.Optional ? new JsonArray(TypeName(rule.Type), "null") : TypeName(rule.Type);
        if (rule.Range is { } range)
        {
            schema["minimum"] = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
            schema["maximum"] = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
        }

        return schema;
    }

    private static string TypeName(Type type) =>
        type == typeof(bool) ? "boolean" : type == typeof(int) ? "integer" : type == typeof(double) ? "number" : "string";

    private static JsonNode Default(object value) => value switch
    {
        bool b => b,
        int i => i,
        double d => d,
        Enum e => OptionRule.JsonName(e.ToString()),
        _ => value.ToString()!,
    };

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Words();
}
