using System.Globalization;

namespace BroadcastCaptions.Obs.Configuration;

/// <summary>OBS 28 … 30: <c>global.ini</c>, section <c>[OBSWebSocket]</c>. OBS 31 and later take such a section over at their next start.</summary>
internal sealed class ObsIniFile(string path) : IObsSettingsFile
{
    private const string Section = "OBSWebSocket";

    public string Path => path;

    /// <summary>The OBS that wrote the file last: its major version, 0 where it says nothing.</summary>
    public int LastMajorVersion =>
        long.TryParse(Load("General")?["LastVersion"], NumberStyles.Integer, CultureInfo.InvariantCulture, out var version)
            ? (int)(version >> 24)
            : 0;

    public ObsServerSettings? Read()
    {
        if (Load(Section) is not { Exists: true } section) return null;
        var unset = new ObsServerSettings();
        return new ObsServerSettings(
            Flag(section["ServerEnabled"], unset.Enabled),
            int.TryParse(section["ServerPort"], CultureInfo.InvariantCulture, out var port) ? port : unset.Port,
            Flag(section["AuthRequired"], unset.AuthRequired),
            section["ServerPassword"] ?? unset.Password);
    }

    public void Write(ObsServerSettings settings)
    {
        var section = Load(Section) ?? new IniSection("", Section);
        section.Set("ServerEnabled", "true");
        section.Set("ServerPort", settings.Port.ToString(CultureInfo.InvariantCulture));
        section.Set("AuthRequired", settings.AuthRequired ? "true" : "false");
        section.Set("ServerPassword", settings.Password);
        SafeFile.Replace(path, section.ToString());
    }

    private IniSection? Load(string section) => SafeFile.TryRead(path) is { } text ? new IniSection(text, section) : null;

    private static bool Flag(string? value, bool unset) => value is null
        ? unset
        : value.Equals("true", StringComparison.OrdinalIgnoreCase) || (int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number != 0);
}
