using System.Security.Cryptography;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>Files of the models' folder. What fails here is the user's disk, never a source.</summary>
internal static class DiskFile
{
    /// <summary>Opens for writing at its end; unlike append mode, what is there may be cut away.</summary>
    public static FileStream OpenAtEnd(string path)
    {
        var file = Open(path, FileMode.OpenOrCreate);
        file.Seek(0, SeekOrigin.End);
        return file;
    }

    public static FileStream Create(string path) => Open(path, FileMode.Create);

    public static void CreateFolder(string path) => Guard(path, () => { Directory.CreateDirectory(path); });

    public static async Task CopyAsync(Stream from, string to, CancellationToken cancellation)
    {
        await using var file = Create(to);
        var block = new byte[128 * 1024];
        int read;
        while ((read = await from.ReadAsync(block, cancellation)) > 0)
            await WriteAsync(file, block.AsMemory(0, read), cancellation);
    }

    /// <summary>Writes a small file whole, or not at all.</summary>
    public static void WriteAll(string path, string text) => Guard(path, () =>
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        var work = path + ".new.part";
        File.WriteAllText(work, text);
        File.Move(work, path, overwrite: true);
    });

    public static void Delete(string path) => Guard(path, () => File.Delete(path));

    /// <summary>Is a program reading it that would keep it from being deleted? Windows only: elsewhere a file goes once nobody reads it any more.</summary>
    public static bool IsHeld(string path)
    {
        if (!OperatingSystem.IsWindows()) return false;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Removes a folder and its subfolders as far as nothing lies in them.</summary>
    public static void DeleteEmptyFolders(string path)
    {
        foreach (var inner in Directory.GetDirectories(path)) DeleteEmptyFolders(inner);
        if (!Directory.EnumerateFileSystemEntries(path).Any()) Guard(path, () => Directory.Delete(path));
    }

    /// <summary>The one moment at which a folder begins to count.</summary>
    public static void RenameFolder(string from, string to) => Guard(to, () => Directory.Move(from, to));

    public static void DeleteFolder(string path) => Guard(path, () => Directory.Delete(path, recursive: true));

    /// <summary>The one moment at which a file begins to count: it is whole and verified before it gets its name.</summary>
    public static void Rename(string from, string to) => Guard(to, () => File.Move(from, to, overwrite: true));

    public static async Task WriteAsync(FileStream file, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await file.WriteAsync(bytes, cancellation);
        }
        catch (IOException e)
        {
            throw CannotWrite(file.Name, e);
        }
    }

    public static async Task<string> Sha256Async(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }

    public static async Task<string> IntegrityAsync(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        return "sha512-" + Convert.ToBase64String(await SHA512.HashDataAsync(file, cancellation));
    }

    private static FileStream Open(string path, FileMode mode) =>
        Guard(path, () => new FileStream(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0, useAsync: true));

    private static void Guard(string path, Action action) => Guard(path, () =>
    {
        action();
        return true;
    });

    private static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, e);
        }
    }

    private static CaptionsException CannotWrite(string path, Exception cause) => new(
        $"{path} cannot be written ({cause.Message.TrimEnd('.')}).",
        "Make room and see to it that the folder may be written, or name another one as model.folder in captions.json.",
        inner: cause);
}
