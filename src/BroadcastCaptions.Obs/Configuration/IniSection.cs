using System.Text;

namespace BroadcastCaptions.Obs.Configuration;

/// <summary>
/// One section of an INI file as OBS writes it (libobs config-file.c: key=value, backslash escapes), read and edited in
/// place: every other line, the order, the byte order mark and the line ends stay as they are.
/// </summary>
internal sealed class IniSection
{
    private readonly string _name;
    private readonly string _newLine;
    private readonly List<string> _lines;

    public IniSection(string text, string name)
    {
        _name = name;
        _newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        _lines = [.. text.Split('\n').Select(line => line.TrimEnd('\r'))];
    }

    /// <summary>Is the section there, with a key in it?</summary>
    public bool Exists => Keys().Any();

    /// <summary>The value of a key; null where it is not there.</summary>
    public string? this[string key] => Find(key) is { } at ? Unescape(_lines[at][(_lines[at].IndexOf('=', StringComparison.Ordinal) + 1)..].Trim()) : null;

    /// <summary>Replaces a key's value, or adds the key, and the section.</summary>
    public void Set(string key, string value)
    {
        var line = $"{key}={Escape(value)}";
        if (Find(key) is { } at) _lines[at] = line;
        else _lines.Insert(EndOfSection(), line);
    }

    /// <summary>The whole file.</summary>
    public override string ToString() => string.Join(_newLine, _lines);

    private int? Find(string key) =>
        Keys().Where(found => string.Equals(found.Key, key, StringComparison.OrdinalIgnoreCase)).Select(found => (int?)found.Line).FirstOrDefault();

    private IEnumerable<(string Key, int Line)> Keys()
    {
        var inside = false;
        for (var i = 0; i < _lines.Count; i++)
        {
            var line = _lines[i].Trim('\uFEFF', ' ', '\t');
            if (line.StartsWith('[')) inside = IsHeader(line);
            else if (inside && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals) yield return (line[..equals].Trim(), i);
        }
    }

    private int EndOfSection()
    {
        var header = _lines.FindIndex(line => IsHeader(line.Trim('\uFEFF', ' ', '\t')));
        if (header < 0)
        {
            while (_lines.Count > 0 && _lines[^1].Length == 0) _lines.RemoveAt(_lines.Count - 1);
            if (_lines.Count > 0) _lines.Add("");
            _lines.Add($"[{_name}]");
            _lines.Add("");
            return _lines.Count - 1;
        }

        var end = header + 1;
        while (end < _lines.Count && _lines[end].Trim() is { Length: > 0 } line && !line.StartsWith('[')) end++;
        return end;
    }

    private bool IsHeader(string line) => string.Equals(line, $"[{_name}]", StringComparison.OrdinalIgnoreCase);

    private static string Escape(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal);

    private static string Unescape(string value)
    {
        var plain = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var next = value[i] == '\\' && i + 1 < value.Length ? value[i + 1] : '\0';
            char? meant = next switch { 'n' => '\n', 'r' => '\r', '\\' => '\\', _ => null };
            plain.Append(meant ?? value[i]);
            if (meant is not null) i++;
        }

        return plain.ToString();
    }
}
