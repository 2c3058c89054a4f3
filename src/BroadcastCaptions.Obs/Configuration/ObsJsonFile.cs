using System.Text.Json;
using System.Text.Json.Nodes;
using BroadcastCaptions.Obs.Protocol;

namespace BroadcastCaptions.Obs.Configuration;

/// <summary>OBS 31 and later: <c>plugin_config/obs-websocket/config.json</c>.</summary>
internal sealed class ObsJsonFile(string path) : IObsSettingsFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 4 };

    public string Path => path;

    public ObsServerSettings? Read()
    {
        if (Load() is not { } json) return null;
        using var document = JsonDocument.Parse(json.ToJsonString());
        var root = document.RootElement;
        var unset = new ObsServerSettings();
        return new ObsServerSettings(
            root.Flag("server_enabled"),
            root.IntegerOr("server_port", unset.Port),
            root.Find("auth_required") is null || root.Flag("auth_required"),
            root.Text("server_password"));
    }

    public void Write(ObsServerSettings settings)
    {
        var json = Load() ?? [];
        json["server_enabled"] = settings.Enabled;
        json["server_port"] = settings.Port;
        json["auth_required"] = settings.AuthRequired;
        json["server_password"] = settings.Password;
        SafeFile.Replace(path, json.ToJsonString(Indented) + "\n");
    }

    private JsonObject? Load()
    {
        try
        {
            return SafeFile.TryRead(path) is { } text ? JsonNode.Parse(text) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
