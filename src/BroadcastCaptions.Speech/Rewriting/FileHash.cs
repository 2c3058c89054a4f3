using System.IO.Hashing;
using System.Text;

namespace BroadcastCaptions.Speech.Rewriting;

/// <summary>Tells files apart, and damaged ones from whole ones, at each start: some milliseconds for a hundred megabytes. It is no proof against malice.</summary>
internal static class FileHash
{
    private const int Chunk = 1 << 18; // bytes read at once

    /// <summary>The hash of a file, and of how large and old its parts '…_data…' are: these may be gigabytes, which are not read.</summary>
    /// <returns>32 hexadecimal digits.</returns>
    public static string OfModel(string path)
    {
        var hash = new XxHash128();
        Append(hash, path);
        foreach (var data in Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, $"{Path.GetFileName(path)}_data*").Order(StringComparer.Ordinal))
            hash.Append(Encoding.UTF8.GetBytes($"{new FileInfo(data).Length} {File.GetLastWriteTimeUtc(data):O}"));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>The hash of a file's bytes.</summary>
    /// <inheritdoc cref="OfModel" path="/returns"/>
    public static string Of(string path)
    {
        var hash = new XxHash128();
        Append(hash, path);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static void Append(XxHash128 hash, string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var buffer = new byte[Chunk];
        for (int read; (read = file.Read(buffer)) > 0;) hash.Append(buffer.AsSpan(0, read));
    }
}
