namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>The bytes of a sidecar: the seam at which tests make disks fail. Every member may throw <see cref="IOException"/>.</summary>
internal interface ISidecarStorage : IDisposable
{
    /// <summary>Writes all of the bytes at an offset.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Brings what was written to the disk.</summary>
    void Flush();

    /// <summary>Cuts the file.</summary>
    void Truncate(long length);
}
