using BroadcastCaptions.Captions;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Transcription;

/// <summary>Turns files and folders into jobs: every recording once, and no two that write the same file.</summary>
internal static class JobPlan
{
    private static readonly char Slash = Path.DirectorySeparatorChar;

    /// <summary>What is taken for a recording in a folder; a file that is named is tried whatever its name.</summary>
    private static readonly HashSet<string> Recordings = new(StringComparer.OrdinalIgnoreCase)
    {
        ".wav", ".flac", ".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wma", ".aif", ".aiff", ".caf", ".amr", ".ac3", ".w64", ".rf64",
        ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".wmv", ".flv", ".ts", ".mts", ".m2ts", ".mpg", ".mpeg", ".3gp", ".ogv", ".mxf", ".vob",
    };

    /// <summary>The jobs, in the order in which they were named.</summary>
    /// <param name="inputs">Files and folders.</param>
    /// <param name="folder">Where caption files go; below it a named folder's own folders are kept. null: beside the recordings.</param>
    /// <param name="formats">Kinds of caption files.</param>
    /// <exception cref="CaptionsException">A folder without recordings, or one that may not be read.</exception>
    public static IReadOnlyList<Job> Of(IReadOnlyList<string> inputs, string? folder, IReadOnlyList<CaptionFormat> formats)
    {
        var found = inputs.SelectMany(Expanded).SelectMany(input => Directory.Exists(input) ? InFolder(input) : [(Path: input, Below: Path.GetFileName(input))])
            .DistinctBy(file => Path.GetFullPath(file.Path)).ToArray();
        var places = folder is null ? [.. found.Select(file => file.Path)] : Apart(found).Select(below => Path.Combine(folder, below)).ToArray();
        // talk.mp3 and talk.mp4 would both become talk.srt: they become talk.mp3.srt and talk.mp4.srt.
        var stems = places.CountBy(place => Path.ChangeExtension(place, null)).ToDictionary();
        return [.. found.Zip(places, (file, place) => new Job(file.Path, stems[Path.ChangeExtension(place, null)] > 1 ? place : Path.ChangeExtension(place, null), formats))];
    }

    // Windows' shells leave wildcards to programs. One that fits nothing stays what it is: a file that is not there.
    private static string[] Expanded(string input)
    {
        var pattern = Path.GetFileName(input);
        if (!OperatingSystem.IsWindows() || !pattern.AsSpan().ContainsAny('*', '?')) return [input];
        var folder = Path.GetDirectoryName(input) is { Length: > 0 } named ? named : ".";
        var fitting = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern).Where(IsRecording).Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        return fitting.ToArray() is { Length: > 0 } found ? found : [input];
    }

    private static bool IsRecording(string file) => Recordings.Contains(Path.GetExtension(file));

    // monday/talk.mp4 and tuesday/talk.mp4 would both become talk.srt: they lie in folders of these names, in more of them where these are alike.
    private static string[] Apart((string Path, string Below)[] found)
    {
        var parts = found.Select(file => Path.GetFullPath(file.Path).Replace($"{Path.VolumeSeparatorChar}{Slash}", $"{Slash}", StringComparison.Ordinal).Split(Slash)).ToArray();
        var kept = found.Select(file => file.Below.Split(Slash).Length).ToArray();
        while (true)
        {
            string[] places = [.. parts.Zip(kept, (path, count) => Path.Combine(path[^count..]))];
            var alike = places.Index().GroupBy(place => place.Item).Where(group => group.Count() > 1).SelectMany(group => group).Select(place => place.Index).ToList();
            if (alike.Count == 0) return places;
            foreach (var i in alike) kept[i]++;
        }
    }

    private static List<(string Path, string Below)> InFolder(string folder)
    {
        try
        {
            var files = Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false })
                .Where(IsRecording).Order(StringComparer.Ordinal)
                .Select(file => (file, Path.GetRelativePath(folder, file))).ToList();
            return files.Count > 0 ? files : throw new CaptionsException(
                $"There is no recording in the folder {folder}.", "Name a folder with audio or video files, or the files themselves.", ExitCode.Usage);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CaptionsException($"The folder {folder} cannot be read: {e.Message.TrimEnd('.')}.", "Name a folder that you may read.", inner: e);
        }
    }
}
