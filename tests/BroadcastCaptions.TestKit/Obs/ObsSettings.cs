namespace BroadcastCaptions.TestKit.Obs;

/// <summary>How an OBS is set up before it starts.</summary>
/// <param name="Port">Its WebSocket server's port.</param>
/// <param name="Password">The server's password.</param>
/// <param name="ServerEnabled">OBS itself has it off until the user switches it on.</param>
/// <param name="Profile">The profile's basic.ini: picture, outputs; empty: OBS's own choice.</param>
public sealed record ObsSettings(int Port, string Password, bool ServerEnabled = true, string Profile = "")
{
    /// <summary>Writes OBS 29's global.ini: first-run questions answered, no updates, the server as asked for.</summary>
    internal void Write(string home)
    {
        var folder = Path.Combine(home, ".config", "obs-studio");
        Directory.CreateDirectory(Path.Combine(folder, "basic", "profiles", "Untitled"));
        Directory.CreateDirectory(Path.Combine(folder, "basic", "scenes"));
        if (Profile.Length > 0) File.WriteAllText(Path.Combine(folder, "basic", "profiles", "Untitled", "basic.ini"), Profile);
        File.WriteAllText(Path.Combine(folder, "global.ini"), $"""
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
}
