namespace BroadcastCaptions.Library;

/// <summary>A stream's content as a temporary file.</summary>
internal sealed class Spool : IDisposable
{
    private Spool(string path) => Path = path;

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Copies a stream.</summary>
    public static async Task<Spool> OfAsync(Stream stream, CancellationToken cancellation)
    {
        var spool = new Spool(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"captions-{System.IO.Path.GetRandomFileName()}"));
        try
        {
            await using var file = new FileStream(spool.Path, FileMode.CreateNew, FileAccess.Write);
            await stream.CopyToAsync(file, cancellation);
            return spool;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    public void Dispose() => File.Delete(Path);
}
