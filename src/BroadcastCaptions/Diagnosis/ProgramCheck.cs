using BroadcastCaptions.Events;

namespace BroadcastCaptions.Diagnosis;

/// <summary>Is a program of another maker where we can start it?</summary>
internal static class ProgramCheck
{
    /// <summary>FFmpeg, which reads every file but WAV.</summary>
    public static ComponentState Ffmpeg()
    {
        var name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return found is not null
            ? new("ffmpeg", Health.Ok, $"{found} reads files other than WAV.")
            : new("ffmpeg", Health.Waiting, "Not found: only WAV files can be read.", $"Install it where you need more: {Install}.");
    }

    private static string Install => OperatingSystem.IsWindows() ? "winget install ffmpeg" : OperatingSystem.IsMacOS() ? "brew install ffmpeg" : "sudo apt install ffmpeg";
}
