using Microsoft.Win32.SafeHandles;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>A real file. Nothing is buffered in the process, so a killed captioner loses nothing that was written.</summary>
/// <param name="handle">The open file; disposed with this.</param>
internal sealed class DiskStorage(SafeFileHandle handle) : ISidecarStorage
{
    /// <summary>Opens a file that is not there or is empty; others may read it meanwhile.</summary>
    public static DiskStorage Open(string path, FileMode mode) => new(File.OpenHandle(path, mode, FileAccess.Write, FileShare.Read));

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, offset);

    /// <inheritdoc/>
    public void Flush() => RandomAccess.FlushToDisk(handle);

    /// <inheritdoc/>
    public void Truncate(long length) => RandomAccess.SetLength(handle, length);

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
