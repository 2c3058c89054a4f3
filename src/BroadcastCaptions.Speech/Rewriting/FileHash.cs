using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace BroadcastCaptions.Speech.Rewriting;

/// <summary>
/// Tells files apart, and damaged ones from whole ones, at each start. SHA-256, though nobody is to be kept out: it is the system's own code. XxHash128 is
/// quicker where it is warm, and took a second for the 71 MB of Moonshine tiny at a start of the published folder, where it was not.
/// </summary>
internal static class FileHash
{
    private const int Chunk = 1 << 18; // bytes read at once

    /// <summary>The hash of a file, and of how large and old its parts '…_data…' are: these may be gigabytes, which are not read.</summary>
    /// <returns>64 hexadecimal digits.</returns>
    public static string OfModel(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, path);
        foreach (var data in Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, $"{Path.GetFileName(path)}_data*").Order(StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{new FileInfo(data).Length} {File.GetLastWriteTimeUtc(data):O}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The hash of a file's bytes.</summary>
    /// <inheritdoc cref="OfModel" path="/returns"/>
    public static string Of(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, path);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string path)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0))
            for (int read; (read = file.Read(buffer)) > 0;) hash.AppendData(buffer, 0, read);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
