using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Audio.Files;

/// <summary>Everything that can be wrong with an audio file, each as one sentence and its remedy.</summary>
internal static class FileFailures
{
    private const char NoLetter = '\uFFFD'; // what .NET makes of bytes that are no text

    private const string AnyAudio = "Give a recording: WAV, FLAC, MP3, Opus, MP4 or anything else that FFmpeg reads.";

    public static CaptionsException Missing(string path) => new(
        $"There is no file '{path}'.",
        path.Contains(NoLetter, StringComparison.Ordinal) ? "Its name is not UTF-8, and cannot be understood: rename it." : "Check the path; quote it where it holds spaces.",
        ExitCode.Usage);

    public static CaptionsException IsFolder(string path) =>
        new($"'{path}' is a folder, not a file.", "Give the path of one recording in it.", ExitCode.Usage);

    public static CaptionsException IsPipe(string path) =>
        new($"'{path}' is a pipe, not a file.", "Save the recording to a file first: it is looked into before it is read. Sound that is still being made is captioned by 'captions live --tap monitor:NAME'.", ExitCode.Usage);

    public static CaptionsException Empty(string name) =>
        new($"{name} is empty (0 bytes).", "Record or copy it again; the program that wrote it did not finish.");

    public static CaptionsException IsText(string name) =>
        new($"{name} is a text file, not audio.", AnyAudio);

    public static CaptionsException NoSamples(string name) =>
        new($"{name} ends before its first sample.", "Record or copy it again; the program that wrote it did not finish.");

    public static CaptionsException TooManyChannels(string name, int channels) =>
        new($"{name} has {channels} channels; up to {AudioFormat.MostChannels} are read.", "Export those on which somebody speaks.");

    public static CaptionsException Unreadable(string path, Exception cause) => cause switch
    {
        UnauthorizedAccessException => new(
            $"You may not read '{path}'.", "Allow it (chmod u+r, or the file's properties), or copy the file to a place of your own.", inner: cause),
        FileNotFoundException or DirectoryNotFoundException => Missing(path),
        _ => new($"'{path}' cannot be read: {cause.Message.TrimEnd('.')}.", "Copy the file to another disk and try that copy.", inner: cause),
    };

    public static CaptionsException FfmpegMissing(string name, Exception cause) =>
        new($"FFmpeg is needed to decode {name}, and it is not installed.", $"Install it: {InstallFfmpeg}.", inner: cause);

    public static CaptionsException FromFfmpeg(string name, FfmpegLog log)
    {
        if (log.HasNoAudio) return new($"{name} holds no sound.", "Give a recording with an audio track.");
        var words = log.FirstError is { } error ? $" (FFmpeg: {error})" : "";
        return new($"{name} is not audio, or too damaged to be read{words}.", AnyAudio);
    }

    private static string InstallFfmpeg =>
        OperatingSystem.IsWindows() ? "winget install ffmpeg"
        : OperatingSystem.IsMacOS() ? "brew install ffmpeg"
        : "sudo apt install ffmpeg";
}
