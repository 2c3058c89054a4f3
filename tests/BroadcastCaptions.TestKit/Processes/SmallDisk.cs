namespace BroadcastCaptions.TestKit.Processes;

/// <summary>A disk of a few kilobytes that can be filled and freed: memory mounted as a file system, where we may mount.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private SmallDisk(TemporaryFolder folder) => _folder = folder;

    /// <summary>Where it is mounted.</summary>
    public string Path => _folder.Path;

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Mounts one; null where we may not (a container without the right).</summary>
    public static async Task<SmallDisk?> TryMountAsync()
    {
        var folder = new TemporaryFolder();
        await using var mount = await GuardedProcess.StartAsync(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.Path]);
        if (await mount.Exited == 0) return new SmallDisk(folder);
        folder.Dispose();
        return null;
    }

    /// <summary>Fills it to the last byte.</summary>
    public void Fill()
    {
        using var filler = File.OpenHandle(Filler, FileMode.Create, FileAccess.Write);
        try
        {
            for (var at = 0L; ; at += 4096) RandomAccess.Write(filler, new byte[4096], at);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Makes room again.</summary>
    public void Free() => File.Delete(Filler);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await using (var unmount = await GuardedProcess.StartAsync(["umount", "--lazy", Path])) await unmount.Exited;
        _folder.Dispose();
    }
}
