namespace BroadcastCaptions.Obs.Configuration;

/// <summary>One OBS's configuration folder, and in which of its files the WebSocket server's settings stand.</summary>
internal sealed class ObsFolder
{
    /// <summary>The first OBS that keeps the settings in JSON.</summary>
    private const int FirstJsonVersion = 31;

    private readonly ObsIniFile _ini;
    private readonly ObsJsonFile _json;

    public ObsFolder(string path)
    {
        Path = path;
        _ini = new ObsIniFile(System.IO.Path.Combine(path, "global.ini"));
        _json = new ObsJsonFile(System.IO.Path.Combine(path, "plugin_config", "obs-websocket", "config.json"));
        Settings = _ini.Read() ?? _json.Read();
    }

    public string Path { get; }

    /// <summary>Has an OBS ever run with this folder?</summary>
    public bool Exists => Directory.Exists(Path);

    /// <summary>The effective settings; null where no file says anything.</summary>
    public ObsServerSettings? Settings { get; }

    /// <summary>
    /// The file that counts. A section in global.ini wins, also for OBS 31 and later: these take it over at their next
    /// start, delete it there, and write the JSON file anew. With neither: by the version that ran last.
    /// </summary>
    public IObsSettingsFile File =>
        _ini.Read() is null && (_json.Read() is not null || _ini.LastMajorVersion >= FirstJsonVersion) ? _json : _ini;

    /// <summary>When either file was last written; to see that the user changed something.</summary>
    public DateTime LastWrite => Newest(_ini.Path, _json.Path);

    private static DateTime Newest(params IEnumerable<string> paths) => paths.Max(System.IO.File.GetLastWriteTimeUtc);
}
