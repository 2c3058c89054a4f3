namespace BroadcastCaptions.TestKit.Processes;

/// <summary>A folder of one's own, gone with its owner. Its path is short: Unix sockets below it may have 107 bytes.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Makes the folder.</summary>
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("bc-").FullName;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>A path below it; folders on the way are made.</summary>
    public string this[params ReadOnlySpan<string> below]
    {
        get
        {
            var path = System.IO.Path.Combine([Path, .. below]);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            return path;
        }
    }

    /// <summary>A folder below it, made.</summary>
    public string Folder(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that was just killed may still have made a file: a leftover in the temporary folder hurts nobody.
        }
    }
}
