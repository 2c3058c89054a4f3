using System.Globalization;

namespace BroadcastCaptions.Audio.Files;

/// <summary>
/// What FFmpeg writes beside the sound (<c>-v level+info</c>: each line begins with its level): the recording's length, and what went wrong.
/// </summary>
internal sealed class FfmpegLog
{
    private readonly Lock _lock = new();
    private double? _seconds;
    private string? _firstError;
    private bool _hasNoAudio;

    /// <summary>Length of the recording, once FFmpeg has said it.</summary>
    public double? TotalSeconds
    {
        get { lock (_lock) return _seconds; }
    }

    /// <summary>The first complaint, in FFmpeg's words; null while there is none.</summary>
    public string? FirstError
    {
        get { lock (_lock) return _firstError; }
    }

    /// <summary>Did FFmpeg find media in the file, but no sound?</summary>
    public bool HasNoAudio
    {
        get { lock (_lock) return _hasNoAudio; }
    }

    /// <summary>Takes one line.</summary>
    public void Add(string line)
    {
        lock (_lock)
        {
            _seconds ??= Duration(line);
            if (!line.Contains("[error]", StringComparison.Ordinal) && !line.Contains("[fatal]", StringComparison.Ordinal)) return;
            _hasNoAudio |= line.Contains("matches no streams", StringComparison.Ordinal);
            _firstError ??= Text(line);
        }
    }

    private static string Text(string line)
    {
        var at = Math.Max(line.LastIndexOf("[error]", StringComparison.Ordinal), line.LastIndexOf("[fatal]", StringComparison.Ordinal));
        return line[(at + "[error]".Length)..].Trim().TrimEnd('.');
    }

    // "[info]   Duration: 00:01:02.34, start: 0.000000, bitrate: 128 kb/s", or "Duration: N/A"
    private static double? Duration(string line)
    {
        const string Key = "Duration: ";
        var at = line.IndexOf(Key, StringComparison.Ordinal);
        var end = at < 0 ? -1 : line.IndexOf(',', at);
        return end > 0 && TimeSpan.TryParse(line.AsSpan(at + Key.Length, end - at - Key.Length), CultureInfo.InvariantCulture, out var length)
            ? length.TotalSeconds
            : null;
    }
}
