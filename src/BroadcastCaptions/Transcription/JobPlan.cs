using BroadcastCaptions.Captions;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Transcription;

/// <summary>Turns files and folders into jobs: every recording once, and no two that write the same file.</summary>
internal static class JobPlan
{
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
        var found = inputs.SelectMany(input => Directory.Exists(input) ? InFolder(input) : [(Path: input, Below: Path.GetFileName(input))])
            .DistinctBy(file => Path.GetFullPath(file.Path))
            .Select(file => (file.Path, Place: folder is null ? file.Path : Path.Combine(folder, file.Below))).ToArray();
        // talk.mp3 and talk.mp4 would both become talk.srt: they become talk.mp3.srt and talk.mp4.srt.
        var stems = found.CountBy(file => Path.ChangeExtension(file.Place, null)).ToDictionary();
        return [.. found.Select(file => new Job(file.Path, stems[Path.ChangeExtension(file.Place, null)] > 1 ? file.Place : Path.ChangeExtension(file.Place, null), formats))];
    }

    private static List<(string Path, string Below)> InFolder(string folder)
    {
        try
        {
            var files = Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false })
                .Where(file => Recordings.Contains(Path.GetExtension(file))).Order(StringComparer.Ordinal)
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
