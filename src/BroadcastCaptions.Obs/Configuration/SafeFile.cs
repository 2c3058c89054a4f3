using System.Text;

namespace BroadcastCaptions.Obs.Configuration;

/// <summary>Reads and replaces files that belong to another program: whole or not at all, with a backup beside them.</summary>
internal static class SafeFile
{
    /// <summary>What is put behind the name of the backup.</summary>
    public const string BackupSuffix = ".before-captions";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The text, with its byte order mark if it has one; null where the file is missing or may not be read.</summary>
    public static string? TryRead(string path)
    {
        try
        {
            return Utf8.GetString(File.ReadAllBytes(path)); // not ReadAllText: it would swallow the byte order mark
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Replaces the file's text in one step; the old file stays beside it, links and permissions are kept.</summary>
    public static void Replace(string path, string text)
    {
        if (File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target) path = target.FullName;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fresh = path + ".captions-new";
        File.WriteAllText(fresh, text, Utf8);
        if (File.Exists(path))
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(fresh, File.GetUnixFileMode(path));
            File.Replace(fresh, path, path + BackupSuffix);
        }
        else
        {
            File.Move(fresh, path);
        }
    }
}
