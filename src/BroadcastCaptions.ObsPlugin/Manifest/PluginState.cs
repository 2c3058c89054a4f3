using System.Text;
using System.Text.Json;

namespace BroadcastCaptions.ObsPlugin.Manifest;

/// <summary>
/// The values of one instance. Saved as a versioned blob (a flat JSON object, in OBS the very settings of the source); what a blob holds that
/// this version does not know survives a round trip.
/// </summary>
internal sealed class PluginState
{
    /// <summary>The blob's field with its version.</summary>
    public const string VersionField = "state_version";

    private readonly PluginManifest _manifest;
    private readonly Dictionary<string, double> _values = [];
    private readonly Dictionary<string, string> _texts = [];
    private readonly List<(string Name, string Json)> _unknown = [];

    /// <summary>The defaults.</summary>
    public PluginState(PluginManifest manifest)
    {
        _manifest = manifest;
        foreach (var parameter in manifest.Parameters) _values[parameter.Id] = parameter.Default;
        foreach (var text in manifest.Texts) _texts[text.Id] = text.Default;
    }

    /// <summary>Is the plug-in bypassed?</summary>
    public bool IsBypassed => _manifest.Parameters.Any(parameter => parameter.IsBypass && Value(parameter.Id) > 0);

    /// <summary>A parameter's value.</summary>
    public double Value(string id) => _values[id];

    /// <summary>A switch's value.</summary>
    public bool IsOn(string id) => _values[id] > 0;

    /// <summary>What the value of a choice stands for.</summary>
    public string Chosen(string id) => Parameter(id).Choices[(int)Value(id)].Value;

    /// <summary>A text.</summary>
    public string Text(string id) => _texts[id];

    /// <summary>Sets a parameter to the nearest value that is allowed.</summary>
    public void Set(string id, double value) => _values[id] = Parameter(id).Clamp(value);

    /// <summary>A parameter's value as 0 … 1.</summary>
    public double Normalised(string id) => Parameter(id).Normalise(Value(id));

    /// <summary>Sets a parameter by 0 … 1.</summary>
    public void SetNormalised(string id, double value) => _values[id] = Parameter(id).Denormalise(value);

    /// <summary>Reads a blob; what is missing or no good has its default.</summary>
    public static PluginState Load(PluginManifest manifest, ReadOnlyMemory<byte> blob)
    {
        var state = new PluginState(manifest);
        try
        {
            using var document = JsonDocument.Parse(blob);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return state;
            foreach (var property in document.RootElement.EnumerateObject()) state.Take(property);
        }
        catch (JsonException)
        {
            // No blob of ours: the defaults.
        }

        return state;
    }

    /// <summary>The blob.</summary>
    public byte[] Save()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber(VersionField, _manifest.StateVersion);
            foreach (var (id, value) in _values) json.WriteNumber(id, value);
            foreach (var (id, text) in _texts) json.WriteString(id, text);
            foreach (var (name, raw) in _unknown)
            {
                json.WritePropertyName(name);
                json.WriteRawValue(raw);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private Parameter Parameter(string id) => _manifest.Parameters.First(parameter => parameter.Id == id);

    private void Take(JsonProperty property)
    {
        var value = property.Value;
        if (property.Name == VersionField) return;
        if (_values.ContainsKey(property.Name))
        {
            var number = value.ValueKind switch { JsonValueKind.True => 1, JsonValueKind.False => 0, JsonValueKind.Number => value.GetDouble(), _ => double.NaN };
            Set(property.Name, number);
        }
        else if (_texts.ContainsKey(property.Name))
        {
            var limit = _manifest.Texts.First(text => text.Id == property.Name).MaximumLength;
            if (value.ValueKind == JsonValueKind.String) _texts[property.Name] = Cut(value.GetString() ?? "", limit);
        }
        else
        {
            _unknown.Add((property.Name, value.GetRawText()));
        }
    }

    private static string Cut(string text, int limit)
    {
        var runes = text.EnumerateRunes().Where(rune => !Rune.IsControl(rune)).Take(limit);
        return string.Concat(runes).Trim();
    }
}
