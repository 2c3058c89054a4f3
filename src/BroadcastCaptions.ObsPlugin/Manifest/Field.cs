using System.Text.Json;

namespace BroadcastCaptions.ObsPlugin.Manifest;

/// <summary>An object of the manifest; what is missing or of another type is named.</summary>
internal readonly struct Field(JsonElement element, string place)
{
    public string Text(string name) => Get(name, JsonValueKind.String).GetString() ?? "";

    public string TextOr(string name, string otherwise) => element.TryGetProperty(name, out _) ? Text(name) : otherwise;

    public double Number(string name) => Get(name, JsonValueKind.Number).GetDouble();

    public int Integer(string name) => Get(name, JsonValueKind.Number).TryGetInt32(out var value) ? value : throw Bad(name, "no whole number");

    public bool Flag(string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public IEnumerable<Field> Items(string name)
    {
        var path = $"{place}.{name}";
        return Get(name, JsonValueKind.Array).EnumerateArray().Select((item, index) => new Field(item, $"{path}[{index}]"));
    }

    /// <summary>The field is not as it must be.</summary>
    public InvalidDataException Bad(string name, string why) => new($"{place}.{name}: {why}.");

    private JsonElement Get(string name, JsonValueKind kind)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value)) throw Bad(name, "missing");
        return value.ValueKind == kind ? value : throw Bad(name, $"is {value.ValueKind}, not {kind}");
    }
}
