using BroadcastCaptions.Audio;
using BroadcastCaptions.Events;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>Opens the caption files that the options ask for. Never overwrites one: a show cannot be said again.</summary>
/// <param name="clock">Gives the start time, for names and headers.</param>
/// <param name="sources">All sources of the session; speakers are named where there are two or more.</param>
/// <param name="counters">Gets <c>sidecar.lost</c>: cues that a full disk cost.</param>
/// <param name="report">Takes the states of the files; any thread.</param>
public sealed class SidecarFiles(MediaClock clock, IReadOnlyList<AudioSource> sources, Counters counters, Action<ComponentState> report)
{
    private readonly DateTimeOffset _started = TimeZoneInfo.ConvertTime(clock.Started, clock.Provider.LocalTimeZone);

    /// <summary>
    /// Opens all files: those named one by one, and in the folder one of each kind, named after the start time
    /// ("2026-11-22 20-15-03.srt"; "… (2)" when that is taken).
    /// </summary>
    /// <exception cref="CaptionsException">
    /// A folder or file cannot be made (exit code 1), or a named file holds something already or is named twice (exit code 2).
    /// </exception>
    public IReadOnlyList<SidecarSink> Open(SidecarOptions options)
    {
        var sinks = new List<SidecarSink>();
        try
        {
            if (options.Srt is { } srt) OpenNamed(srt, new SrtFormat(), sinks);
            if (options.Vtt is { } vtt) OpenNamed(vtt, new VttFormat(), sinks);
            if (options.Txt is { } txt) OpenNamed(txt, new TxtFormat(), sinks);
            if (options.Folder is { } folder) OpenFolder(folder, sinks);
            return sinks;
        }
        catch
        {
            foreach (var sink in sinks) sink.Abandon();
            throw;
        }
    }

    private void OpenFolder(string folder, List<SidecarSink> sinks)
    {
        MakeFolder(folder);
        SidecarFormat[] formats = [new SrtFormat(), new VttFormat(), new TxtFormat()];
        var stem = Path.Combine(folder, _started.ToString("yyyy-MM-dd HH-mm-ss"));
        var free = stem;
        for (var n = 2; formats.Any(format => Path.Exists(free + format.Extension)); n++) free = $"{stem} ({n})";
        foreach (var format in formats) sinks.Add(Open(free + format.Extension, format, FileMode.CreateNew));
    }

    private void OpenNamed(string path, SidecarFormat format, List<SidecarSink> sinks)
    {
        if (sinks.Exists(other => other.Path == Path.GetFullPath(path)))
            throw new CaptionsException($"The file {path} is named for two kinds of captions.", "Name another file for each kind.", ExitCode.Usage);

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) MakeFolder(folder);
        if (new FileInfo(path) is { Exists: true, Length: > 0 })
            throw new CaptionsException($"The file {path} holds something already.", "Name another file, or move that one away.", ExitCode.Usage);
        sinks.Add(Open(path, format, FileMode.OpenOrCreate));
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CaptionsException($"The folder {folder} cannot be made: {e.Message}", "Name a folder that you may write to.", inner: e);
        }
    }

    private SidecarSink Open(string path, SidecarFormat format, FileMode mode)
    {
        var name = $"sidecar:{Path.GetFileName(path)}";
        var file = new SidecarFile(OpenStorage(path, mode));
        var writer = new SidecarWriter(file, format, format.Header(_started), new SidecarHealth(name, report), counters.Get("sidecar.lost"));
        return new SidecarSink(name, Path.GetFullPath(path), format, writer, sources);
    }

    private static DiskStorage OpenStorage(string path, FileMode mode)
    {
        if (Directory.Exists(path)) throw new CaptionsException($"'{path}' is a folder, not a file.", "Name a file in it, or name the folder by --out.");
        try
        {
            return DiskStorage.Open(path, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CaptionsException($"The file {path} cannot be made: {e.Message}", "Name a file in a folder that you may write to.", inner: e);
        }
    }
}
