using System.Text.Json.Nodes;

namespace BroadcastCaptions.TestKit.Obs;

/// <summary>How an OBS is set up before it starts.</summary>
/// <param name="Port">Its WebSocket server's port.</param>
/// <param name="Password">The server's password.</param>
/// <param name="ServerEnabled">OBS itself has it off until the user switches it on.</param>
/// <param name="Profile">The profile's basic.ini: picture, outputs; empty: OBS's own choice.</param>
public sealed record ObsSettings(int Port, string Password, bool ServerEnabled = true, string Profile = "")
{
    /// <summary>
    /// Writes global.ini: first-run questions answered, no updates, the server as asked for. OBS 31 and later take it apart at their
    /// first start, and refuse to start with another one: from then on it is the server's own file that is written.
    /// </summary>
    internal void Write(string home)
    {
        var folder = Path.Combine(home, ".config", "obs-studio");
        Directory.CreateDirectory(Path.Combine(folder, "basic", "profiles", "Untitled"));
        Directory.CreateDirectory(Path.Combine(folder, "basic", "scenes"));
        if (Profile.Length > 0) File.WriteAllText(Path.Combine(folder, "basic", "profiles", "Untitled", "basic.ini"), Profile);
        var serversOwn = Path.Combine(folder, "plugin_config", "obs-websocket", "config.json");
        if (File.Exists(serversOwn)) WriteServersOwn(serversOwn);
        else WriteGlobal(Path.Combine(folder, "global.ini"));
    }

    private void WriteServersOwn(string path) => File.WriteAllText(path, new JsonObject
    {
        ["first_load"] = false,
        ["server_enabled"] = ServerEnabled,
        ["server_port"] = Port,
        ["alerts_enabled"] = false,
        ["auth_required"] = true,
        ["server_password"] = Password,
    }.ToJsonString());

    private void WriteGlobal(string path) => File.WriteAllText(path, $"""
        [General]
        FirstRun=true
        LastVersion=486539266
        Pre19Defaults=false
        Pre21Defaults=false
        Pre23Defaults=false
        Pre24.1Defaults=false
        EnableAutoUpdates=false
        InfoIncrement=-1

        [Basic]
        Profile=Untitled
        ProfileDir=Untitled
        SceneCollection=Untitled
        SceneCollectionFile=Untitled

        [OBSWebSocket]
        FirstLoad=false
        ServerEnabled={(ServerEnabled ? "true" : "false")}
        ServerPort={Port}
        AlertsEnabled=false
        AuthRequired=true
        ServerPassword={Password}

        """);
}
